/* SPDX-License-Identifier: MPL-2.0
 * What is being typed, kept for this tab until it is sent: a lost network or session loses no words. Only ever in sessionStorage,
 * and gone with the sign-out. */
const PREFIX = 'viche-desk-draft:';

export function keep(name, values) {
  try {
    if (values && Object.keys(values).length > 0) sessionStorage.setItem(PREFIX + name, JSON.stringify(values));
    else sessionStorage.removeItem(PREFIX + name);
  } catch {
    // storage is full or forbidden: the form itself still has everything
  }
}

export function recall(name) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name)) || null;
  } catch {
    return null;
  }
}

export function forgetAll() {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}
