/* SPDX-License-Identifier: MPL-2.0
 * Small parts that many pages show. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { brief, full, moment } from '../lib/when.js';
import { say } from '../lib/words.js';
import { Icon } from './icon.jsx';

export function Time({ at, short }) {
  return (
    <time datetime={new Date(at * 1000).toISOString()} title={full(at)}>
      {short ? brief(at) : moment(at)}
    </time>
  );
}

export function Note({ kind = '', icon = 'info', role, children }) {
  return (
    <div class={`note ${kind}`} role={role}>
      <Icon name={icon} />
      <div class="grow">{children}</div>
    </div>
  );
}

/* What went wrong, in the server's words, and the way on. */
export function Refusal({ refused, again }) {
  return (
    <Note kind="bad" icon={refused.status ? 'over' : 'offline'} role="alert">
      <p>{refused.message}</p>
      {again && (
        <button class="link" onClick={again}>
          {say('again')}
        </button>
      )}
    </Note>
  );
}

export function Empty({ icon = 'empty', title, children }) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <b>{title}</b>
      {children}
    </div>
  );
}

export function Wait({ words }) {
  return (
    <p class="wait" role="status">
      {words || say('wait')}
    </p>
  );
}

/* A button and what hangs from it; Escape, a click elsewhere and a choice close it. */
export function Hang({ label, button, children, left, cls = '', onOpen }) {
  const [open, setOpen] = useState(false);
  const root = useRef();
  const trigger = useRef();
  useEffect(() => {
    if (!open) return undefined;
    const away = (event) => !root.current.contains(event.target) && setOpen(false);
    addEventListener('pointerdown', away);
    addEventListener('focusin', away);
    return () => {
      removeEventListener('pointerdown', away);
      removeEventListener('focusin', away);
    };
  }, [open]);
  const close = () => {
    setOpen(false);
    trigger.current.focus();
  };
  const keys = (event) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    close();
  };
  const toggle = () => {
    if (!open && onOpen) onOpen();
    setOpen(!open);
  };
  return (
    <div class="hang" ref={root} onKeyDown={keys}>
      <button type="button" ref={trigger} class={button.cls} aria-label={label} aria-expanded={open} onClick={toggle}>
        {button.inside}
      </button>
      {open && <div class={`menu ${left ? 'left' : ''} ${cls}`}>{children(close)}</div>}
    </div>
  );
}

/* Runs `load` now and whenever `what` changes: {data, refused, busy, again(), put(data)}. Only the last answer counts. */
export function useLoad(load, what) {
  const [state, setState] = useState({ data: null, refused: null, busy: true });
  const turn = useRef(0);
  const again = () => {
    const mine = ++turn.current;
    setState((old) => ({ ...old, busy: true }));
    return load().then(
      (data) => mine === turn.current && setState({ data, refused: null, busy: false }),
      (refused) => mine === turn.current && setState((old) => ({ ...old, refused, busy: false })),
    );
  };
  useEffect(() => {
    setState({ data: null, refused: null, busy: true });
    again();
    return () => turn.current++;
  }, what);
  return { ...state, again, set: (data) => setState((old) => ({ ...old, data })) };
}
