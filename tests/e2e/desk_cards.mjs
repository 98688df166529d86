// SPDX-License-Identifier: MPL-2.0
// Sample cards of the staff desk for tests of its page: the JSON of docs/desk-api.md, without a server.
const DAY = 86400;
const base = { help: null, required: false, private: false, listed: false, sorted: false, filter: false, min: 0, max: 0, choices: [] };
const choices = (...pairs) => pairs.map(([value, label]) => ({ value, label }));
const field = (name, label, kind, more) => ({ ...base, name, label, kind, ...more });

export const STATES = choices(
  ['new', 'Зареєстровано'], ['work', 'У роботі'], ['asked', 'Чекає на заявника'], ['proposed', 'Запропоновано закрити'], ['done', 'Виконано'],
);
const PEOPLE = choices(['7', 'Олена Зразкова'], ['8', 'Ігор Ткачук'], ['9', 'Марія Ґалаґан'], ['10', 'Петро Довгань-Левицький']);
const ORGANISATIONS = choices(['', 'Крижопільська громада'], ['kp', 'КП «Благоустрій»'], ['water', 'КП «Водоканал»']);
const KINDS = choices(['complaint', 'Скарга'], ['application', 'Заява'], ['proposal', 'Пропозиція'], ['remark', 'Зауваження']);
const COLUMN = { listed: true, sorted: true };

export const FIELDS = [
  field('number', 'Номер', 'text', COLUMN),
  field('essence', 'Суть', 'long', { listed: true }),
  field('state', 'Стан', 'state', { ...COLUMN, filter: true, choices: STATES }),
  field('due', 'Строк', 'due', { ...COLUMN, filter: true }),
  field('executor', 'Виконавець', 'staff', { listed: true, filter: true, choices: PEOPLE }),
  field('kind', 'Вид', 'choice', { filter: true, choices: KINDS }),
  field('at', 'Надійшло', 'moment', { ...COLUMN, filter: true }),
];

const ESSENCES = [
  'Яма на перехресті Шкільної та Садової: після дощу не видно, двоє велосипедистів уже впали.',
  'Не світить ліхтар біля дитячого садка «Сонечко», увечері діти йдуть у темряві.',
  'Третій тиждень не вивозять сміття з вулиці Героїв України, 14.',
  'Прошу поставити лавку на зупинці «Лікарня»: люди чекають стоячи.',
  'У підвалі будинку на Соборній, 3, стоїть вода, запах чути на першому поверсі.',
  'Пропоную зробити пішохідний перехід біля школи № 1 підвищеним.',
];

function values(i, now) {
  const state = STATES[i % STATES.length].value;
  return {
    number: `Г-2026-${312 - i}`,
    essence: ESSENCES[i % ESSENCES.length],
    state,
    due: state === 'done' ? '' : String(now + (i - 2) * DAY * 0.8 + 3600),
    executor: state === 'new' ? '' : PEOPLE[i % 3].value,
    kind: KINDS[i % KINDS.length].value,
    at: String(now - i * DAY * 0.7 - 7200),
  };
}

export function makeCards(count, now) {
  return Array.from({ length: count }, (_, i) => {
    const all = values(i, now);
    const person = PEOPLE.find((one) => one.value === all.executor);
    return {
      id: String(312 - i),
      stamp: 1,
      values: all,
      words: person ? { executor: person.label } : {},
      masked: [],
      secret: { applicant: 'Ганна Петрівна Вовк', phone: '+380671234567' },
      events: [
        { at: now - i * DAY - 7200, who: 'Telegram', title: 'Зареєстровано', words: '', files: [] },
        { at: now - i * DAY - 3600, who: 'Олена Зразкова', title: 'Визначено виконавця', words: 'Ігор Ткачук, головний виконавець', files: [] },
        { at: now - i * DAY - 1800, who: 'Ігор Ткачук', title: 'Прийнято в роботу', words: '', files: ['f2'] },
      ],
      messages: [
        { at: now - i * DAY - 7200, who: 'Заявник', from_citizen: true, words: all.essence, files: ['f1'] },
        { at: now - i * DAY - 7000, who: 'Олена Зразкова', from_citizen: false, words: 'Дякуємо, записали. Майстер буде до п’ятниці.', files: [] },
      ],
    };
  });
}

const action = (id, label, more) => ({ id, label, help: null, wait: null, bulk: false, danger: false, new: false, fields: [], ...more });
const REASON = field('reason', 'Обґрунтування', 'long', { required: true, help: 'Його побачить той, хто вирішує.', max: 1000 });

export const LIST_ACTIONS = [
  action('file', 'Зареєструвати звернення', {
    new: true,
    help: 'Звернення того, хто телефонує або прийшов.',
    fields: [
      field('surname', 'Прізвище', 'text', { required: true }),
      field('phone', 'Телефон', 'phone', { help: 'Щоб майстер міг уточнити адресу.' }),
      field('essence', 'Суть', 'long', { required: true, min: 10 }),
      field('kind', 'Вид', 'choice', { required: true, choices: KINDS }),
      field('place', 'Місце', 'place', {}),
      field('files', 'Файли', 'files', { choices: [{ value: 'photo', label: 'фото' }, { value: 'video', label: 'відео' }] }),
    ],
  }),
  action('assign', 'Призначити виконавця', { bulk: true, fields: [field('executor', 'Виконавець', 'staff', { required: true, choices: PEOPLE }), { ...REASON, required: false }] }),
];

const ACTIONS = [
  action('reply', 'Відповісти заявникові', { fields: [field('words', 'Відповідь', 'long', { required: true, max: 2000 })] }),
  action('propose', 'Запропонувати закрити', {
    help: 'Заявника спитають, чи проблему усунуто. Закриє відповідальна особа.',
    fields: [
      field('result', 'Результат', 'choice', { required: true, choices: choices(['fixed', 'Усунуто'], ['explained', 'Роз’яснено'], ['refused', 'Відмовлено']) }),
      field('comment', 'Коментар', 'long', { required: true }),
      field('evidence', 'Доказ виконання', 'files', { required: true, help: 'Фото або акт.' }),
    ],
  }),
  action('executors', 'Змінити виконавців', { fields: [field('executors', 'Виконавці', 'staffs', { required: true, choices: PEOPLE, value: '7' }), field('until', 'Виконати до', 'date', {}), REASON] }),
  action('contact', 'Уточнити дані заявника', { fields: [field('phone', 'Телефон', 'phone', { value: '+380 ** *** ** 67', masked: true })] }),
  action('refuse', 'Відмовити', { danger: true, help: 'Заявник отримає підстави й порядок оскарження.', fields: [REASON] }),
  action('close', 'Закрити звернення', { wait: 'Спершу заявник має відповісти на опитування (до 28 листопада).' }),
  action('extend', 'Продовжити строк', { wait: 'Це право особи, що приймає рішення.' }),
];

const KINDS_OF_FIELD = ['text', 'long', 'number', 'flag', 'date', 'moment', 'choices', 'place', 'phone', 'link', 'files'];
const WHY = 'Надійшло в середу, 18 листопада, о 10:40. Строк розгляду – 15 днів (стаття 20 закону «Про звернення громадян»). Пауза 2 дні: чекали на відповідь заявника.';
const mask = (secret) => (secret.startsWith('+') ? '+380 ** *** ** 67' : 'Г. П. В***');

export function show(card) {
  const shown = (name) => {
    const own = FIELDS.find((one) => one.name === name);
    return { ...own, value: card.values[name], words: card.words[name] || null, masked: false };
  };
  const masked = (name, label, kind) => field(name, label, kind, { private: true, value: mask(card.secret[name]), words: null, masked: true });
  return {
    id: card.id,
    stamp: String(card.stamp),
    sections: [
      {
        title: null,
        fields: [
          ...['number', 'state', 'due'].map(shown),
          field('due-why', 'Розрахунок строку', 'long', { value: WHY, words: null, masked: false }),
          ...['essence', 'kind', 'at', 'executor'].map(shown),
          field('organisation', 'Організація', 'organisation', { choices: ORGANISATIONS, value: 'kp', words: 'КП «Благоустрій»', masked: false }),
          field('where', 'Місце', 'place', { value: '48.379400,28.864500', words: null, masked: false }),
          field('repeat', 'Повторне до', 'link', { value: 'cases/cards/300 Г-2026-300', words: null, masked: false }),
          field('files', 'Файли', 'files', { value: 'f1\nf2', words: null, masked: false }),
          ...(card.extra ? KINDS_OF_FIELD.map((kind) => field(kind, card.extra, kind, { value: card.extra, words: null, masked: false, choices: choices([card.extra, card.extra]) })) : []),
        ],
      },
      { title: 'Заявник', fields: [masked('applicant', 'Прізвище та ім’я', 'text'), masked('phone', 'Телефон', 'phone')] },
    ],
    events: card.events,
    messages: card.messages,
    files: card.files || { f1: { name: 'яма.png', type: 'image/png', bytes: 81234 }, f2: { name: 'акт огляду.pdf', type: 'application/pdf', bytes: 240123 } },
    actions: ACTIONS,
  };
}

export function report() {
  const months = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'];
  const point = (series, at, value, opens) => ({ series, at, value, opens });
  return {
    charts: [
      {
        title: 'Надійшло', unit: 'звернень', kind: 'bars',
        points: months.flatMap((at, i) => [point('скарги', at, 12 + ((i * 7) % 11), 'cases/cards?f.kind=complaint'), point('заяви', at, 5 + ((i * 5) % 9), 'cases/cards?f.kind=application')]),
      },
      {
        title: 'Розглянуто вчасно', unit: '%', kind: 'lines',
        points: months.flatMap((at, i) => [point('КП «Благоустрій»', at, 78 + i * 3, ''), point('КП «Водоканал»', at, 91 - ((i * 13) % 17), 'cases/cards?f.state=done')]),
      },
      {
        title: 'За установами', unit: 'звернень', kind: 'bars',
        points: [point('надійшло', 'КП «Благоустрій»', 61, 'cases/cards?f.kind=remark'), point('надійшло', 'Дільниця вуличного освітлення', 40, ''), point('надійшло', 'КП «Водоканал»', 18, '')],
      },
    ],
    sections: [{ title: 'Підсумок', fields: [field('all', 'Усього', 'number', { value: '143', words: null, masked: false }), field('late', 'Прострочено', 'number', { value: '6', words: null, masked: false })] }],
  };
}
