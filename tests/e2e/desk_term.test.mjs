// SPDX-License-Identifier: MPL-2.0
// Terms before the desk, in a town whose clock goes on: a night, a warning, a missed deadline, the decision-maker, the silence of an applicant.
import assert from 'node:assert/strict';
import { invited } from './desk.mjs';
import { Resident } from './desk_citizen.mjs';
import { openStage } from './desk_scene.mjs';
import { JPEG } from './picture.mjs';

const { telegram, bot, town, people, comes, scene, shoots, ends } = await openStage('desk-term', { begins: '2026-11-22T22:00+02:00' }); // a Sunday
const PHONE = { viewport: { width: 360, height: 740 } };
const citizen = new Resident(telegram, bot, 1001);
let number = '';
let card = ''; // its address

scene('at night an appeal is registered, and waits for the morning', async () => {
  const olena = await comes('olena', invited(town, 'olena'));
  await citizen.says('/start', 'Вітаємо');
  await citizen.says('/appeals', 'Що Ви хочете зробити');
  await citizen.presses('Поскаржитися', 'На кого скарга');
  await citizen.presses('ЦНАП', 'Розкажіть своїми словами');
  await citizen.says('Біля входу до ЦНАП третій тиждень розбита сходинка, дитячий візок не проїде.', 'Записали');
  await citizen.says('Готово', 'прізвище');
  await citizen.says('Коваль Олена Петрівна', 'Де Ви живете');
  await citizen.says('Крижопіль, вул. Шкільна, 5, кв. 12', 'номер телефону');
  await citizen.says('067 123 45 67', 'Перевірте');
  number = /Г-\d+-\d+/.exec(await citizen.presses('Надіслати', 'зареєстровано'))[0];
  await olena.bell('Сповіщень поки немає.');
  town.clock.set('2026-11-23T08:01+02:00');
  await olena.signsIn('olena');
  await olena.bell(`Нове: Звернення ${number}`);
});

scene('a date on a day off is said to be one, where it is chosen and where it is asked about', async () => {
  const { olena } = people;
  await olena.page.locator('a.task', { hasText: number }).click();
  card = await olena.page.evaluate(() => location.hash);
  await olena.opens('Адресувати й визначити термін');
  await olena.field('Кому адресувати').selectOption({ label: 'Петро Прикладний, перший заступник голови' });
  await olena.panel.getByLabel('Виконати до').fill('2026-12-05');
  await olena.panel.getByText('Це неробочий день. Останній робочий перед ним – ').waitFor();
  await shoots('olena', 'date');
  await olena.field('Коментар').fill('До відкриття зимового графіка.');
  await olena.submits();
  await olena.page.locator('.head .badge', { hasText: 'На резолюції' }).waitFor();
  await olena.button('Чому ця дата?').click();
  await shoots('olena', 'why');
});

scene('the executor is warned before the deadline', async () => {
  const petro = await comes('petro', invited(town, 'petro'));
  await petro.page.locator('a.task', { hasText: number }).click();
  await petro.does('Призначити виконавців', () => petro.panel.getByLabel('Ірина Показова').check());
  const iryna = await comes('iryna', invited(town, 'iryna'), PHONE);
  await iryna.page.locator('a.task', { hasText: number }).click();
  for (const label of ['Прийняти в роботу', 'Попередній розгляд проведено', 'Підтвердити компетенцію']) {
    await iryna.does(label, async () => iryna.field('Коментар').fill(`${label}: так.`));
  }
  town.clock.set('2026-12-01T09:00+02:00');
  await iryna.signsIn('iryna');
  await shoots('iryna', 'warned-tasks');
  await iryna.bell(`${number}: виконати до`);
  town.clock.set('2026-12-04T09:00+02:00');
  await iryna.signsIn('iryna');
  await shoots('iryna', 'soon-tasks');
});

scene('a missed deadline is said in words, by a shape and by a colour, and it reaches the decision-maker', async () => {
  const { olena, petro, iryna } = people;
  town.clock.set('2026-12-06T00:05+02:00');
  await iryna.signsIn('iryna');
  await iryna.bell(`${number}: термін минув`);
  await shoots('iryna', 'over-tasks');
  await iryna.goes(card);
  await shoots('iryna', 'over-card');
  town.clock.set('2026-12-07T09:00+02:00');
  await olena.signsIn('olena');
  await olena.bell(`${number}: термін минув`);
  await shoots('olena', 'over-tasks');
  await olena.goes(card);
  await olena.does('Повідомити керівника про порушення терміну', () => olena.field('Коментар').fill('Прошу вжити заходів.'));
  await shoots('olena', 'over-card');
  await olena.goes('#/cases/cards?f.stage=overdue');
  await shoots('olena', 'over-list');
  town.clock.set('2026-12-09T09:00+02:00');
  await petro.signsIn('petro');
  await petro.bell(`${number}`);
  await petro.page.locator('#bell-box').getByRole('button').first().click();
  await shoots('petro', 'bell');
  await petro.page.keyboard.press('Escape');
  await shoots('petro', 'escalated-tasks');
  await petro.goes(card);
  await shoots('petro', 'escalated-card');
});
ends();
