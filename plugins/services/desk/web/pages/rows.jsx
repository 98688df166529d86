/* SPDX-License-Identifier: MPL-2.0
 * Rows of a list: a table for a clerk's screen, which style turns into cards on a telephone. One press on the name opens a row. */
import { nameOf } from '../lib/plain.js';
import { to } from '../lib/route.js';
import { say } from '../lib/words.js';
import { Icon } from '../parts/icon.jsx';
import { Value } from '../parts/value.jsx';

function Head({ field, order, onOrder }) {
  const down = order === '-' + field.name;
  const on = down || order === field.name;
  const sort = on ? (down ? 'descending' : 'ascending') : undefined;
  return (
    <th scope="col" class={'kind-' + field.kind} aria-sort={sort}>
      {field.sorted ? (
        <button type="button" onClick={() => onOrder(on && !down ? '-' + field.name : field.name)}>
          {field.label}
          {on && <Icon name={down ? 'fall' : 'up'} mini />}
        </button>
      ) : (
        field.label
      )}
    </th>
  );
}

function Cell({ field, row, lead, children }) {
  const value = row.values[field.name];
  return (
    <td class={`kind-${field.kind} ${lead ? 'lead' : ''} ${value ? '' : 'nothing'}`} data-label={field.label}>
      {children || (
        <Value field={field} value={value} words={(row.words || {})[field.name]} masked={(row.masked || []).includes(field.name)} compact />
      )}
    </td>
  );
}

function Row({ view, columns, row, ticked, tick, fresh }) {
  const [first, ...others] = columns;
  const name = nameOf(view, row.id, row.values, row.words || {});
  const opens = view.has.includes('show');
  return (
    <tr class={`${ticked ? 'ticked' : ''} ${fresh ? 'fresh' : ''}`} data-id={row.id}>
      {tick && (
        <td class="tickbox">
          <label>
            <input type="checkbox" checked={ticked} onChange={() => tick(row.id)} aria-label={say('list.tick', { name })} />
          </label>
        </td>
      )}
      <Cell field={first} row={row} lead>
        {opens ? (
          <a href={to([view.plugin, view.id, row.id])} class="digits">
            <Value field={first} value={row.values[first.name] || name} words={(row.words || {})[first.name]} compact />
          </a>
        ) : null}
        {fresh && <span class="badge warn">{say('list.fresh')}</span>}
      </Cell>
      {others.map((field) => (
        <Cell key={field.name} field={field} row={row} />
      ))}
    </tr>
  );
}

/* Its name, what it is about, where it stands, by when, then the rest; a column in which nothing stands is left out. */
function columnsOf(view, rows) {
  const listed = view.fields.filter((field) => field.listed);
  if (listed.length === 0) return view.fields.slice(0, 1);
  const [first, ...others] = listed;
  const rank = (field) => ['long', 'state', 'due'].indexOf(field.kind) + 1 || 9;
  const filled = others.filter((field) => rows.some((row) => row.values[field.name]));
  return [first, ...filled.sort((a, b) => rank(a) - rank(b))];
}

/* tick: absent, and rows have no boxes; fresh: a set of ids that changed under one's eyes. */
export function Rows({ view, rows, order, onOrder, ticked, tick, tickAll, fresh, caption }) {
  const columns = columnsOf(view, rows);
  const all = rows.length > 0 && rows.every((row) => ticked.has(row.id));
  return (
    <table class="rows">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {tick && (
            <th scope="col" class="tickbox">
              <label>
                <input type="checkbox" checked={all} onChange={() => tickAll(!all)} aria-label={say('list.tick-all')} />
              </label>
            </th>
          )}
          {columns.map((field) => (
            <Head key={field.name} field={field} order={order} onOrder={onOrder} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} view={view} columns={columns} row={row} ticked={ticked.has(row.id)} tick={tick} fresh={fresh.has(row.id)} />
        ))}
      </tbody>
    </table>
  );
}
