// SPDX-License-Identifier: MPL-2.0
// The duties and rights of the regulation that no other play needs, each in its form before the desk: requests, facts, papers, marks, a bar.
import assert from 'node:assert/strict';
import { invited } from './desk.mjs';
import { Resident } from './desk_citizen.mjs';
import { openStage } from './desk_scene.mjs';
import { mouthfuls } from './payloads.mjs';
import { JPEG } from './picture.mjs';

const { telegram, bot, town, people, comes, scene, shoots, ends } = await openStage('desk-rights', { begins: '2026-11-23T10:00+02:00' }); // a Monday
const citizen = new Resident(telegram, bot, 1001);
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
let card = '';
let number = '';
let again = ''; // the repeat card

const comments = (clerk, words) => () => clerk.field('Коментар').fill(words);

async function attach(clerk, label, name, mimeType, buffer) {
  const field = clerk.panel.locator('.field', { hasText: label });
  const [chooser] = await Promise.all([clerk.page.waitForEvent('filechooser'), field.getByText('Додати файли').click()]);
  await chooser.setFiles([{ name, mimeType, buffer }]);
  await field.locator('.paper').waitFor();
  await field.locator('progress').waitFor({ state: 'detached' });
}

/* Before the card, once it shows what was done last. */
async function finds(clerk, done) {
  await clerk.goes(card);
  await clerk.page.locator('.timeline li', { hasText: done }).first().waitFor();
}

scene('an appeal comes to its executor, who asks for others, for time, and for more than the law gives', async () => {
  await citizen.says('/start', 'Вітаємо');
  await citizen.says('/appeals', 'Що Ви хочете зробити');
  await citizen.presses('Поскаржитися', 'На кого скарга');
  await citizen.presses('ЦНАП', 'Розкажіть своїми словами');
  await citizen.says('Ви там усі ідіоти: пандуса біля ЦНАП немає другий рік!', 'Записали');
  await citizen.says('Готово', 'прізвище');
  await citizen.says('Коваль Олена Петрівна', 'Де Ви живете');
  await citizen.says('Крижопіль, вул. Шкільна, 5, кв. 12', 'номер телефону');
  await citizen.says('067 123 45 67', 'Перевірте');
  number = /Г-\d+-\d+/.exec(await citizen.presses('Надіслати', 'зареєстровано'))[0];
  const [olena, petro, iryna, vasyl] = [await comes('olena', invited(town, 'olena')), await comes('petro', invited(town, 'petro')), await comes('iryna', invited(town, 'iryna')), await comes('vasyl', invited(town, 'vasyl'))];
  await olena.page.locator('a.task', { hasText: number }).click();
  await shoots('olena', 'flagged');
  card = await olena.page.evaluate(() => location.hash);
  await olena.does('Адресувати й визначити термін', async () => {
    await olena.field('Кому адресувати').selectOption({ index: 1 });
    await olena.field('Термін').selectOption({ label: '15 днів (не потребує вивчення)' });
  });
  await petro.goes(card);
  await petro.does('Призначити виконавців', () => petro.panel.getByLabel('Ірина Показова').check());
  await iryna.goes(card);
  for (const label of ['Прийняти в роботу', 'Попередній розгляд проведено', 'Підтвердити компетенцію']) await iryna.does(label, comments(iryna, 'Так.'));
  await iryna.does('Запит: Залучення інших виконавців', async () => {
    await iryna.field('Обґрунтування').fill('Під пандусом проходить труба водоканалу.');
    await iryna.field('Коментар').fill('Потрібен слюсар.');
  });
  await iryna.does('Запит: Довший термін', async () => {
    await iryna.field('Виконати до').fill('2026-12-28');
    await iryna.field('Обґрунтування').fill('Бетон твердне чотири тижні.');
    await iryna.field('Коментар').fill('Заливаємо 30 листопада.');
  });
  await shoots('iryna', 'asked');
  await petro.goes('#/cases/requests');
  await shoots('petro', 'requests');
  await petro.goes('#/tasks');
  await shoots('petro', 'tasks');
  await petro.goes(card);
  await shoots('petro', 'decides');
  await petro.does('Погодити: Залучення інших виконавців', async () => {
    await petro.panel.getByLabel('Василь Приміренко').check();
    await petro.field('Коментар').fill('Так.');
  });
  await petro.does('Погодити: Довший термін', async () => shoots('petro', 'grant'));
  await shoots('petro', 'granted');
  await citizen.hears(`Звернення ${number}: відповімо до 28 грудня.`);
});

scene('beyond what the law gives there is only additional control, and a plan', async () => {
  const { petro, iryna } = people;
  await iryna.goes(card);
  await iryna.opens('Запит: Довший термін');
  await iryna.field('Виконати до').fill('2027-02-01');
  await iryna.field('Обґрунтування').fill('Морози до лютого, бетону не залити.');
  await iryna.field('Коментар').fill('Зима.');
  await iryna.submits();
  await iryna.panel.getByRole('alert').getByText('Найпізніше – четвер, 7 січня 2027').waitFor();
  await shoots('iryna', 'too-late');
  await iryna.page.keyboard.press('Escape');
  await iryna.does('Запит: Додатковий контроль (понад нормативний термін)', async () => {
    await iryna.field('Виконати до').fill('2027-02-01');
    await iryna.field('Обґрунтування').fill('Морози до лютого, бетону не залити.');
    await iryna.field('Коментар').fill('Зима.');
  });
  await finds(petro, 'Запит: Додатковий контроль');
  await petro.does('Погодити: Додатковий контроль (понад нормативний термін)');
  await shoots('petro', 'control');
  await finds(iryna, 'Погодити: Додатковий контроль');
  await iryna.does('Запит: Включення до стратегічного плану', async () => {
    await iryna.field('План').fill('Програма безбар’єрності, 2027');
    await iryna.field('Обґрунтування').fill('Потрібні кошти бюджету розвитку.');
    await iryna.field('Коментар').fill('Кошторис додамо.');
  });
  await finds(petro, 'Запит: Включення');
  await petro.does('Відхилити: Включення до стратегічного плану', comments(petro, 'Кошти є цього року.'));
});

scene('the executor says where the work stands, with facts, decisions, papers; the responsible person asks for them', async () => {
  const { olena, petro, iryna, vasyl } = people;
  await finds(olena, 'Відхилити: Включення');
  await olena.does('Нагадати', comments(olena, 'Прошу до свят.'));
  await olena.does('Витребувати матеріали', () => olena.field('Причина').fill('Потрібен кошторис для звіту.'));
  await finds(iryna, 'Витребувати матеріали');
  await iryna.does('Записати перевірку фактів', async () => {
    await iryna.field('Що перевірено').fill('Пандуса справді немає, є сходи 4 східці.');
    await iryna.field('Коментар').fill('Виїзд 23 листопада.');
  });
  await iryna.does('Записати прийняте рішення', async () => {
    await iryna.field('Прийняте рішення').fill('Поставити збірний пандус.');
    await iryna.field('Коментар').fill('Дешевше за бетон.');
  });
  await iryna.does('Надати матеріали', async () => {
    await attach(iryna, 'Матеріали', 'кошторис.pdf', 'application/pdf', PDF);
    await iryna.field('Коментар').fill('Кошторис.');
  });
  await iryna.does('Додати підтвердження розгляду', async () => {
    await attach(iryna, 'Підтвердження розгляду', 'акт.pdf', 'application/pdf', PDF);
    await iryna.field('Коментар').fill('Акт обстеження.');
  });
  await iryna.does('Стан розгляду', comments(iryna, 'Пандус замовлено, привезуть у четвер.'));
  await iryna.does('Додати фото чи відео виконання', async () => {
    await attach(iryna, 'Підтвердження виконання', 'пандус.jpg', 'image/jpeg', JPEG);
    await iryna.field('Коментар').fill('Стоїть.');
  });
  await iryna.does('Написати заявникові', async () => {
    await iryna.field('Повідомлення заявникові').fill('Пандус поставлено, поручні буде завтра.');
    await iryna.field('Коментар').fill('Попереджено.');
  });
  await citizen.hears('Пандус поставлено');
  await finds(petro, 'Написати заявникові');
  await petro.does('Доручення в порядку контролю', comments(petro, 'Доповісти у п’ятницю.'));
  await finds(vasyl, 'Доручення в порядку контролю');
  await vasyl.does('Моя частина виконана', comments(vasyl, 'Трубу перекладено.'));
  await shoots('iryna', 'work');
});

scene('poor work: «not fixed» makes a repeat card for the same executor; marks, a measure; then a bonus', async () => {
  const { olena, petro, iryna } = people;
  await finds(iryna, 'Моя частина виконана');
  await iryna.does('Внести результат і запропонувати закриття', async () => {
    await iryna.panel.getByLabel('Виконано', { exact: true }).check();
    await iryna.field('Відповідь заявникові').fill('Пандус стоїть.');
    await iryna.field('Коментар').fill('Готово.');
  });
  await citizen.hears('Чи вирішено?');
  await citizen.presses('Відкрити', 'Чи справді виправлено?');
  await citizen.presses('Ні', 'Що не так');
  await citizen.says('Пандус надто крутий, візком не виїхати.', 'Записали');
  for (const words of mouthfuls().slice(2)) await citizen.says(words, 'Записали');
  const repeated = await citizen.says('Готово', 'повторне №');
  await finds(petro, 'Не вирішено');
  await petro.does('Оцінити своєчасність і якість', async () => {
    await petro.field('Своєчасність').fill('4');
    await petro.field('Якість').fill('2');
    await petro.field('Коментар').fill('Ухил не за нормою.');
  });
  await petro.page.locator('.timeline li:first-child').getByText('Якість: 2').waitFor();
  await petro.does('Захід впливу за якість виконання', () => petro.field('Захід впливу').fill('Переробити власним коштом.'));
  await shoots('petro', 'poor');
  await iryna.goes('#/tasks');
  const second = /Г-\d+-\d+/.exec(repeated.slice(repeated.indexOf('№')))[0];
  await iryna.page.locator('a.task', { hasText: second }).click();
  await iryna.page.locator('.fact', { hasText: 'Повторно за' }).getByRole('link', { name: number }).waitFor();
  again = await iryna.page.evaluate(() => location.hash);
  await shoots('iryna', 'repeat');
});

scene('abuse: one proposes a bar, another confirms it, the citizen is told why', async () => {
  const { olena, petro } = people;
  await olena.goes(again);
  await olena.does('Запропонувати обмеження за образи', async () => {
    await olena.field('Причина').fill('Образи працівників');
    await olena.field('Цитата').fill('Ви там усі ідіоти');
    await olena.field('На скільки днів').fill('3');
    await shoots('olena', 'bar-form');
  });
  await petro.bell('Пропонується обмеження за образи');
  await petro.goes('#/cases/bars');
  await shoots('petro', 'bars');
  await petro.page.locator('.rows .lead a').first().click();
  await petro.page.locator('#actions').waitFor();
  await shoots('petro', 'bar');
  await petro.does('Обмежити', () => petro.field('Коментар').fill('Образи є, на три дні.'));
  const told = await citizen.hears('нові звернення від Вас тут не приймаються');
  assert.match(told, /До 26 листопада.*Причина: Образи працівників/s);
  assert.match(told, /його перегляне інша людина/);
  await shoots('petro', 'barred');
});

ends();
