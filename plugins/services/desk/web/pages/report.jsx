/* SPDX-License-Identifier: MPL-2.0
 * Charts of a period that one chooses. */
import { ask } from '../lib/api.js';
import { go, to } from '../lib/route.js';
import { addDays, date, today } from '../lib/when.js';
import { say } from '../lib/words.js';
import { Empty, Refusal, useLoad, Wait } from '../parts/bits.jsx';
import { Charts } from '../parts/chart.jsx';
import { save } from '../parts/files.jsx';
import { Icon } from '../parts/icon.jsx';
import { Sections } from './facts.jsx';

/* The usual periods, by the town's calendar: {from, until}. */
function periods() {
  const now = today();
  const [year, month] = now.split('-').map(Number);
  const first = (y, m) => `${y + Math.floor((m - 1) / 12)}-${String(((m - 1 + 120) % 12) + 1).padStart(2, '0')}-01`;
  const quarter = Math.floor((month - 1) / 3) * 3 + 1;
  return {
    month: { from: first(year, month), until: now },
    'last-month': { from: first(year, month - 1), until: addDays(first(year, month), -1) },
    quarter: { from: first(year, quarter), until: now },
    year: { from: `${year}-01-01`, until: now },
    'last-year': { from: `${year - 1}-01-01`, until: `${year - 1}-12-31` },
  };
}

function Period({ from, until, change }) {
  const usual = periods();
  return (
    <div class="tools" role="group" aria-label={say('report.period')}>
      {Object.entries(usual).map(([name, one]) => (
        <button key={name} class="button low" aria-pressed={one.from === from && one.until === until} onClick={() => change(one)}>
          {say('report.' + name)}
        </button>
      ))}
      <span class="range">
        <input type="date" value={from} max={until} aria-label={say('from')} onChange={(e) => e.target.value && change({ from: e.target.value, until })} />
        –
        <input type="date" value={until} min={from} aria-label={say('until')} onChange={(e) => e.target.value && change({ from, until: e.target.value })} />
      </span>
    </div>
  );
}

export function Report({ view, query }) {
  const { from, until } = { ...periods().year, ...query };
  const base = `${view.plugin}/${view.id}`;
  const load = useLoad(() => ask(`report/${base}?${new URLSearchParams({ from, until })}`), [base, from, until]);
  const change = (period) => go(to(['report', view.plugin, view.id], period), { instead: true });
  const kinds = ['csv', 'xlsx'].filter((kind) => view.has.includes(kind));
  const take = (kind) => save(`file/${base}?${new URLSearchParams({ from, until, format: kind })}`, `${view.title} ${from}–${until}.${kind}`);
  const { data } = load;
  return (
    <>
      <Period from={from} until={until} change={change} />
      <div class="row">
        <p class="quiet grow" role="status">
          {date(from)} – {date(until)}
        </p>
        {kinds.map((kind) => (
          <button key={kind} class="button low" onClick={() => take(kind)}>
            <Icon name="down" mini />
            {kind.toUpperCase()}
          </button>
        ))}
      </div>
      {load.refused && <Refusal refused={load.refused} again={load.again} />}
      {load.busy && !data && <Wait words={say('report.wait')} />}
      {data && data.charts.length === 0 && (data.sections || []).length === 0 && (
        <Empty icon="chart" title={say('chart.empty')}>
          <p>{say('report.empty')}</p>
        </Empty>
      )}
      {data && data.charts.length > 0 && <Charts charts={data.charts} />}
      {data && (data.sections || []).length > 0 && (
        <div class="about">
          <Sections view={{ fields: [] }} sections={data.sections} shown={{}} reveal={() => {}} files={{ known: {}, base: '' }} />
        </div>
      )}
    </>
  );
}
