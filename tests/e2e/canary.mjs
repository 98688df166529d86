// SPDX-License-Identifier: MPL-2.0
// A secret with a word in it that nothing else has: wherever the word turns up, the secret has leaked.
import { closeSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/* Every file of the town's folder but those named, as text; the log first. */
export function everythingWritten(town, except) {
  const texts = [town.log.join('')];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile() && !except.includes(entry.name)) texts.push(readFileSync(path, 'latin1'));
    }
  };
  walk(town.folder);
  return texts;
}

/* Everything that a process can be made to tell, as a core dump of it would. */
export function memoryOf(pid) {
  const memory = openSync(`/proc/${pid}/mem`);
  const writable = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n').filter((line) => / rw/.test(line));
  const pieces = writable.map((line) => {
    const [from, to] = line.split(' ')[0].split('-').map((hex) => parseInt(hex, 16));
    const piece = Buffer.alloc(to - from);
    try {
      readSync(memory, piece, 0, piece.length, from);
    } catch {
      return Buffer.alloc(0); // of the kernel's own
    }
    return piece;
  });
  closeSync(memory);
  return Buffer.concat(pieces);
}
