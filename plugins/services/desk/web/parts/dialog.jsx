/* SPDX-License-Identifier: MPL-2.0
 * What stands above the page: the browser's own dialog keeps the focus inside and gives it back. */
import { useEffect, useId, useRef } from 'preact/hooks';
import { say } from '../lib/words.js';
import { Icon } from './icon.jsx';

/* onClose: absent, and it cannot be closed by hand. */
export function Dialog({ title, cls = '', onClose, children }) {
  const root = useRef();
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    root.current.showModal();
    return () => before && before.isConnected && before.focus();
  }, []);
  const cancel = (event) => {
    if (event.target !== root.current) return;
    event.preventDefault();
    if (onClose) onClose();
  };
  return (
    <dialog ref={root} class={cls} aria-labelledby={id} onCancel={cancel}>
      <div class="top">
        <h2 id={id}>{title}</h2>
        {onClose && (
          <button type="button" class="sign" aria-label={say('close')} onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </div>
      <div class="inside">{children}</div>
    </dialog>
  );
}

/* A question with two answers. */
export function Sure({ title, words, yes, danger, onYes, onNo }) {
  return (
    <Dialog title={title} onClose={onNo}>
      {words && <p class="words">{words}</p>}
      <div class="row end">
        <button class="button" onClick={onNo}>
          {say('cancel')}
        </button>
        <button class={`button main ${danger ? 'danger' : ''}`} onClick={onYes}>
          {yes}
        </button>
      </div>
    </Dialog>
  );
}
