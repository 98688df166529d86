/* SPDX-License-Identifier: MPL-2.0
 * What has been said with the citizen, and what has been done by whom and when. */
import { say } from '../lib/words.js';
import { Time } from '../parts/bits.jsx';
import { Files } from '../parts/files.jsx';

const NEWEST = 12; // lines of a long timeline that are shown at first

function Message({ one, files }) {
  return (
    <li class={one.from_citizen ? 'message' : 'message ours'}>
      <div class="bubble">
        <p class="who">
          <b>{one.who}</b>
          <span class="quiet small">
            {' · '}
            {one.from_citizen ? say('thread.citizen') : say('thread.town')}
            {' · '}
            <Time at={one.at} />
          </span>
        </p>
        {one.words && <p class="words">{one.words}</p>}
        <Files ids={one.files} {...files} />
      </div>
    </li>
  );
}

export function Thread({ messages, files }) {
  return (
    <section class="card thread" aria-labelledby="thread-title">
      <h2 id="thread-title">{say('thread.title')}</h2>
      <ol>
        {messages.map((one, i) => (
          <Message key={`${one.at}-${i}`} one={one} files={files} />
        ))}
      </ol>
    </section>
  );
}

function Event({ one, files }) {
  return (
    <li>
      <b>{one.title}</b>
      <p class="quiet small">
        <Time at={one.at} />
        {one.who && ` · ${one.who}`}
      </p>
      {one.words && <p class="words">{one.words}</p>}
      <Files ids={one.files} {...files} />
    </li>
  );
}

export function Timeline({ events, files }) {
  const newest = [...events].reverse().sort((a, b) => b.at - a.at);
  return (
    <section class="card timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{say('timeline.title')}</h2>
      <ol>
        {newest.slice(0, NEWEST).map((one, i) => (
          <Event key={`${one.at}-${i}`} one={one} files={files} />
        ))}
      </ol>
      {newest.length > NEWEST && (
        <details>
          <summary>{say('timeline.earlier', { count: newest.length - NEWEST })}</summary>
          <ol>
            {newest.slice(NEWEST).map((one, i) => (
              <Event key={`${one.at}-${i}`} one={one} files={files} />
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}
