// SPDX-License-Identifier: MPL-2.0
// The cells: a row says what, a column who, and a cell's letters where from:
//   a: with the role for everything; o: for the organisation of the thing; x: for another one; -: nobody of this role.
import { readFileSync, writeFileSync } from 'node:fs';

export const COLUMNS = ['responsible', 'decider', 'executor', 'co-executor', 'colleague', 'pr', 'operator', 'auditor', 'admin'];
const LETTERS = ['a', 'o', 'x'];

export class Grid {
  #cells = new Map();

  /* file: what is meant; head: what the two words of a row are */
  constructor(file, head) {
    Object.assign(this, { columns: COLUMNS, file: new URL(file, import.meta.url), head, name: file });
  }

  /* A row that is there though nobody may: what was asked of everybody. */
  open(row) {
    if (!this.#cells.has(row)) this.#cells.set(row, Object.fromEntries(COLUMNS.map((column) => [column, new Set()])));
  }

  note(row, { column, letter }) {
    this.open(row);
    this.#cells.get(row)[column].add(letter);
  }

  rows() {
    return [...this.#cells.keys()].sort();
  }

  letters(row, column) {
    return LETTERS.filter((letter) => this.#cells.get(row)?.[column].has(letter)).join('');
  }

  #line(row) {
    return [row, ...COLUMNS.map((column) => this.letters(row, column) || '-')].join(',');
  }

  /* What is otherwise than meant. MATRIX_WRITE=1 writes what is; read the difference before you commit it. */
  faults() {
    const is = [`${this.head},${COLUMNS.join(',')}`, ...this.rows().map((row) => this.#line(row))];
    if (process.env.MATRIX_WRITE) writeFileSync(this.file, `${is.join('\n')}\n`);
    const keyOf = (line) => line.split(',').slice(0, 2).join();
    const meant = new Map(readFileSync(this.file, 'utf8').trim().split('\n').map((line) => [keyOf(line), line]));
    const wrong = [];
    for (const line of is) {
      const was = meant.get(keyOf(line));
      if (was !== line) wrong.push(was ? `${this.name}: meant ${was}\n   is ${line}` : `${this.name}: no row for ${line}`);
      meant.delete(keyOf(line));
    }
    return [...wrong, ...[...meant.values()].map((line) => `${this.name}: nobody saw ${line}`)];
  }
}
