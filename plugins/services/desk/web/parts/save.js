/* SPDX-License-Identifier: MPL-2.0
 * Gives the browser words or bytes to keep as a file. */
export function save(what, name) {
  const url = URL.createObjectURL(what instanceof Blob ? what : new Blob([what], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
