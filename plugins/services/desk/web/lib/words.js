/* SPDX-License-Identifier: MPL-2.0
 * The desk's own words, in the language of whoever looks. Words of views come from the server. */
import en from '../texts/en.json';
import uk from '../texts/uk.json';

const texts = { uk, en };
let language = 'uk';
let plural = new Intl.PluralRules('uk');

export function choose(code) {
  language = texts[code] ? code : 'en';
  plural = new Intl.PluralRules(language);
  document.documentElement.lang = language;
}

export const spoken = () => language;

/* say('list.total', {count: 5}): {{count}} is filled, and chooses the plural. */
export function say(key, values = {}) {
  const table = texts[language];
  const form = values.count === undefined ? key : `${key}_${plural.select(values.count)}`;
  const words = table[form] ?? table[`${key}_other`] ?? table[key] ?? key;
  return words.replace(/{{(\w+)}}/g, (whole, name) => (values[name] === undefined ? whole : String(values[name])));
}

export const number = (value) => new Intl.NumberFormat(language).format(value);

export function bytes(size) {
  const steps = ['byte', 'kilobyte', 'megabyte'];
  const step = size < 1000 ? 0 : size < 1000000 ? 1 : 2;
  return new Intl.NumberFormat(language, { style: 'unit', unit: steps[step], maximumFractionDigits: 1 }).format(
    size / 1000 ** step,
  );
}
