/* SPDX-License-Identifier: MPL-2.0
 * Charts of SVG that the style sheet colours: each bar is a link with a name, so the keyboard and a reader of the screen go from
 * bar to bar and open the list behind one. The same figures stand as a table below. */
import { inside } from '../lib/route.js';
import { period } from '../lib/when.js';
import { number, say } from '../lib/words.js';

const WIDE = 560;
const HIGH = 240;
const LEFT = 44;
const BELOW = 30;
const ABOVE = 14;
const ACROSS = 360; // a bar that lies
const ROW = 22;
const FIGURE = 46;

const unique = (list) => [...new Set(list)];

/* A round number at or above the largest, in four steps. */
function scale(points) {
  const most = Math.max(1, ...points.map((point) => point.value));
  const step = 10 ** Math.floor(Math.log10(most / 4 || 1));
  const by = [1, 2, 2.5, 5, 10].map((n) => n * step).find((n) => n * 4 >= most && (n >= 1 || most < 4)) || step * 10;
  return { top: by * 4, marks: [0, 1, 2, 3, 4].map((n) => n * by) };
}

function layout(chart) {
  const series = unique(chart.points.map((point) => point.series));
  const places = unique(chart.points.map((point) => point.at));
  const { top, marks } = scale(chart.points);
  const room = (WIDE - LEFT) / Math.max(places.length, 1);
  const y = (value) => ABOVE + (1 - value / top) * (HIGH - ABOVE - BELOW);
  return { series, places, marks, room, y };
}

const named = (chart, point) =>
  [point.series, period(point.at), `${number(point.value)} ${chart.unit || ''}`.trim()].filter(Boolean).join(', ');

function Axes({ places, marks, room, y }) {
  const every = Math.ceil(places.length / Math.floor((WIDE - LEFT) / 58));
  return (
    <g class="axes" aria-hidden="true">
      {marks.map((mark) => (
        <g key={mark}>
          <line x1={LEFT} x2={WIDE} y1={y(mark)} y2={y(mark)} />
          <text x={LEFT - 8} y={y(mark) + 4} text-anchor="end">
            {number(mark)}
          </text>
        </g>
      ))}
      {places.map((place, i) =>
        i % every ? null : (
          <text key={place} x={LEFT + (i + 0.5) * room} y={HIGH - 8} text-anchor="middle">
            {period(place).slice(0, 16)}
          </text>
        ),
      )}
    </g>
  );
}

function Opens({ chart, point, children }) {
  const name = named(chart, point);
  if (!point.opens)
    return (
      <g role="img" aria-label={name}>
        <title>{name}</title>
        {children}
      </g>
    );
  return (
    <a href={inside(point.opens)} aria-label={`${name}. ${say('chart.open')}`}>
      <title>{name}</title>
      {children}
    </a>
  );
}

function Bars({ chart, plan }) {
  const { series, places, room, y } = plan;
  const wide = Math.min((room * 0.74) / series.length, 46);
  return chart.points.map((point, i) => {
    const among = series.indexOf(point.series) - series.length / 2;
    const x = LEFT + (places.indexOf(point.at) + 0.5) * room + among * wide;
    return (
      <Opens key={i} chart={chart} point={point}>
        <rect class="hit" x={x} y={ABOVE} width={wide} height={HIGH - ABOVE - BELOW} />
        <rect class={`series s${series.indexOf(point.series) % 5}`} x={x + 1} y={y(point.value)} width={Math.max(wide - 2, 2)} height={Math.max(y(0) - y(point.value), 1)} rx="3" />
        {wide > 18 && point.value > 0 && (
          <text class="figure" aria-hidden="true" x={x + wide / 2} y={y(point.value) - 4} text-anchor="middle">
            {number(point.value)}
          </text>
        )}
      </Opens>
    );
  });
}

function Lines({ chart, plan }) {
  const { series, places, room, y } = plan;
  const x = (point) => LEFT + (places.indexOf(point.at) + 0.5) * room;
  return series.map((name, s) => {
    const points = chart.points.filter((point) => point.series === name);
    return (
      <g key={name} class={`series s${s % 5}`}>
        <polyline points={points.map((point) => `${x(point)},${y(point.value)}`).join(' ')} />
        {points.map((point, i) => (
          <Opens key={i} chart={chart} point={point}>
            <circle cx={x(point)} cy={y(point.value)} r="4.5" />
          </Opens>
        ))}
      </g>
    );
  });
}

/* Bars of names, which need room for their words, lie down. */
function Across({ chart, plan }) {
  const { series } = plan;
  const most = Math.max(1, ...chart.points.map((point) => point.value));
  return (
    <ul class="across">
      {plan.places.map((place) => (
        <li key={place}>
          <span>{period(place)}</span>
          <svg viewBox={`0 0 ${ACROSS} ${series.length * ROW}`}>
            {chart.points
              .filter((point) => point.at === place)
              .map((point, i) => {
                const y = series.indexOf(point.series) * ROW;
                const wide = Math.max((point.value / most) * (ACROSS - FIGURE), 2);
                return (
                  <Opens key={i} chart={chart} point={point}>
                    <rect class="hit" x="0" y={y} width={ACROSS} height={ROW} />
                    <rect class={`series s${series.indexOf(point.series) % 5}`} x="0" y={y + 3} width={wide} height={ROW - 6} rx="3" />
                    <text class="figure" aria-hidden="true" x={wide + 6} y={y + ROW - 7}>
                      {number(point.value)}
                    </text>
                  </Opens>
                );
              })}
          </svg>
        </li>
      ))}
    </ul>
  );
}

const areNames = (plan) => !plan.places.some((place) => /^\d{4}/.test(place));

/* A line needs two moments; a single one would be a lone dot. */
const areLines = (chart, plan) => chart.kind === 'lines' && plan.places.length > 1;

function Plot({ chart, plan }) {
  if (chart.kind !== 'lines' && areNames(plan)) return <Across chart={chart} plan={plan} />;
  return (
    <div class="scroll" tabindex="0" role="group" aria-label={chart.title}>
      <svg class="plot" viewBox={`0 0 ${WIDE} ${HIGH}`}>
        <Axes {...plan} />
        {areLines(chart, plan) ? <Lines chart={chart} plan={plan} /> : <Bars chart={chart} plan={plan} />}
      </svg>
    </div>
  );
}

function Table({ chart, plan }) {
  const value = (series, at) => chart.points.find((point) => point.series === series && point.at === at);
  return (
    <details>
      <summary>{say('chart.table')}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label={chart.title}>
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">{chart.unit}</th>
              {plan.series.map((name) => (
                <th key={name} scope="col">
                  {name || chart.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {plan.places.map((at) => (
              <tr key={at}>
                <th scope="row">{period(at)}</th>
                {plan.series.map((name) => {
                  const point = value(name, at);
                  return <td key={name}>{point ? point.opens ? <a href={inside(point.opens)}>{number(point.value)}</a> : number(point.value) : '–'}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Chart({ chart }) {
  const plan = layout(chart);
  return (
    <figure class="card chart">
      <figcaption class="row">
        <h2 class="grow">{chart.title}</h2>
        {plan.series.length > 1 && (
          <ul class="legend">
            {plan.series.map((name, i) => (
              <li key={name} class={`s${i % 5}`}>
                {name}
              </li>
            ))}
          </ul>
        )}
      </figcaption>
      {chart.points.length === 0 ? (
        <p class="quiet">{say('chart.empty')}</p>
      ) : (
        <>
          <Plot chart={chart} plan={plan} />
          <Table chart={chart} plan={plan} />
        </>
      )}
    </figure>
  );
}

export function Charts({ charts }) {
  return (
    <div class="charts">
      {charts.map((chart, i) => (
        <Chart key={chart.title || i} chart={chart} />
      ))}
    </div>
  );
}
