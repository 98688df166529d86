/* SPDX-License-Identifier: MPL-2.0
 * The staff desk begins here: the page brings an empty place, its language and this script. */
import { render } from 'preact';
import { follow } from './lib/route.js';
import { choose } from './lib/words.js';
import { App } from './pages/app.jsx';

choose(document.documentElement.lang);
addEventListener('hashchange', follow);
follow();

const place = document.getElementById('desk');
place.replaceChildren(); // what stood there for browsers without scripts
render(<App />, place);
