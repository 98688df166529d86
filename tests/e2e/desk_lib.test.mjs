// SPDX-License-Identifier: MPL-2.0
// The staff desk's reckoning of times, addresses and forms, without a browser.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const LIB = new URL('../../plugins/services/desk/web/lib/', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'viche-desk-lib-'));
after(() => rmSync(folder, { recursive: true }));

/* The modules as the build makes them, one file for all: they share the language and the zone. */
const MODULES = ['when', 'check', 'route', 'words'];
const entry = MODULES.map((name) => `export * as ${name} from '${LIB}${name}.js';`).join('\n');
const vendor = join(LIB, '../../vendor');
const made = spawnSync('esbuild', ['--bundle', '--format=esm', `--outfile=${folder}/desk.mjs`], { input: entry, cwd: LIB, env: { ...process.env, NODE_PATH: vendor }, encoding: 'utf8' });
assert.equal(made.status, 0, made.stderr);
globalThis.document = { documentElement: {} };
const { when, check, route, words } = await import(`${folder}/desk.mjs`);
words.choose('uk');
when.standIn('Europe/Kyiv');

test('a moment that is typed is the town’s, on both nights of summer time, too', () => {
  for (const typed of ['2026-11-25T10:40', '2026-03-29T02:30', '2026-03-29T04:30', '2026-10-25T05:00', '2026-07-01T00:00'])
    assert.equal(when.toLocal(Number(when.fromLocal(typed))), typed);
  assert.equal(when.fromLocal('2026-11-25T10:40'), String(Date.UTC(2026, 10, 25, 8, 40) / 1000));
});

test('a deadline says itself in words', () => {
  const soon = when.now();
  assert.deepEqual(when.due(soon - 3 * 86400), { kind: 'over', words: 'прострочено на 3 дні' });
  assert.equal(when.due(soon + 10 * 86400).words, 'ще 10 днів');
  assert.equal(when.due(soon + 21 * 86400).words, 'ще 21 день');
});

test('days are added over the end of a month, of a leap February and of summer time', () => {
  assert.equal(when.addDays('2028-02-28', 1), '2028-02-29');
  assert.equal(when.addDays('2026-10-24', 2), '2026-10-26');
  assert.equal(when.addDays('2026-01-01', -1), '2025-12-31');
});

test('an address goes there and back, and never leaves the desk', () => {
  const address = route.to(['cases', 'cards'], { 'f.state': 'new', search: 'яма & бордюр', order: '' });
  assert.deepEqual(route.read(address), { page: 'list', plugin: 'cases', view: 'cards', id: undefined, query: { 'f.state': 'new', search: 'яма & бордюр' } });
  for (const opens of ['javascript:alert(1)', '//evil.example', '#/cases/cards', '/\\evil.example']) assert.match(route.inside(opens), /^#\//);
});

test('a form is looked through before it is sent', () => {
  const field = (kind, more) => ({ name: 'f', kind, required: true, min: 0, max: 0, ...more });
  const wrong = (one, value) => check.check([one], { f: value }).f;
  assert.equal(wrong(field('long'), '  '), 'Заповніть це поле.');
  assert.equal(wrong(field('number', { min: 1, max: 5 }), '6'), 'Число від 1 до 5.');
  assert.equal(wrong(field('text', { max: 3 }), 'їжак'), 'Не більше 3 знаків.');
  assert.equal(wrong(field('place'), '48.3794,28.8645'), undefined);
  assert.equal(wrong(field('text', { required: false }), ''), undefined);
});
