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
  await olena.page.locator('.timeline li', { hasText: 'Петро Прикладний' }).getByText('до 5 грудня').waitFor();
  await olena.button('Чому ця дата?').click();
  assert.match(await olena.page.locator('.why').innerText(), /Це неробочий день: останній робочий перед ним – п’ятниця, 4 грудня/);
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
  await iryna.bell(`${number}: термін минув (субота, 5 грудня).`);
  await shoots('iryna', 'over-tasks');
  const late = iryna.page.locator('a.task', { hasText: number }).locator('.due.over');
  assert.equal(await late.innerText(), 'прострочено на 1 день');
  assert.equal(await late.locator('.icon').count(), 1, 'a shape beside the words');
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
  await olena.page.locator('.rows tbody tr', { hasText: number }).waitFor();
  await shoots('olena', 'over-list');
  town.clock.set('2026-12-09T09:00+02:00');
  await petro.signsIn('petro');
  await petro.bell(`${number}: термін минув (субота, 5 грудня), виконання немає. Потрібне Ваше втручання.`);
  await petro.bell(`${number}. Олена Зразкова: «Повідомити керівника про порушення терміну»`);
  await petro.page.locator('.band.over a.task', { hasText: number }).waitFor();
  await shoots('petro', 'escalated-tasks');
  await petro.goes(card);
  await petro.page.locator('.fact', { hasText: 'Потребує уваги' }).getByText('Термін минув, 9 грудня про це повідомлено: Петро Прикладний.').waitFor();
  await shoots('petro', 'escalated-card');
});
scene('who must act answers for it: a measure under control, and the task is gone', async () => {
  const { petro } = people;
  await petro.does('Захід впливу за порушення терміну', () => petro.field('Захід впливу').fill('Попередження; виконати до п’ятниці.'));
  await petro.goes('#/tasks');
  await petro.page.getByText('Усе зроблено').waitFor();
});

scene('a citizen who says nothing has not agreed: without a proof the card is not closed', async () => {
  const { olena, iryna } = people;
  await iryna.signsIn('iryna', card);
  await iryna.does('Внести результат і запропонувати закриття', async () => {
    await iryna.panel.getByLabel('Виконано', { exact: true }).check();
    await iryna.field('Відповідь заявникові').fill('Сходинку відремонтовано.');
    await iryna.field('Коментар').fill('Зроблено 9 грудня.');
  });
  await citizen.hears('Чи вирішено? Чекаємо на відповідь до 14 грудня.');
  await olena.signsIn('olena', card);
  await shoots('olena', 'surveyed');
  assert.equal(await olena.why('Закрити картку'), 'Заявник ще відповідає на опитування.');
  town.clock.set('2026-12-15T09:00+02:00');
  await olena.signsIn('olena', card);
  await olena.page.locator('.timeline li', { hasText: 'Заявник не відповів' }).waitFor();
  await olena.bell('заявник не відповів. Це мовчання, а не згода.');
  await shoots('olena', 'silence');
  assert.equal(await olena.why('Закрити картку'), 'Потрібне підтвердження заявника або фото чи відео виконання.');
  await olena.does('Повернути на доопрацювання', () => olena.field('Причина').fill('Додайте фото сходинки: заявниця не відповіла.'));
});

scene('with a photo the responsible person closes it, and it is said to be silence', async () => {
  const { olena, iryna } = people;
  await iryna.signsIn('iryna', card);
  await iryna.does('Внести результат і запропонувати закриття', async () => {
    await iryna.panel.getByLabel('Виконано', { exact: true }).check();
    await iryna.field('Відповідь заявникові').fill('Сходинку відремонтовано, фото додаємо.');
    await iryna.field('Коментар').fill('Фото від 15 грудня.');
    const proof = iryna.panel.locator('.field', { hasText: 'Підтвердження виконання' });
    const [chooser] = await Promise.all([iryna.page.waitForEvent('filechooser'), proof.getByText('Додати файли').click()]);
    await chooser.setFiles([{ name: 'сходинка.jpg', mimeType: 'image/jpeg', buffer: JPEG }]);
    await proof.locator('.paper').waitFor();
    await proof.locator('progress').waitFor({ state: 'detached' });
  });
  await citizen.hears('Чи вирішено?');
  town.clock.set('2026-12-22T09:00+02:00');
  await olena.signsIn('olena', card);
  await olena.page.locator('.timeline li:first-child', { hasText: 'Заявник не відповів' }).waitFor();
  await olena.does('Закрити картку', () => olena.field('Коментар').fill('Фото перевірено.'));
  await olena.page.locator('.head .badge', { hasText: 'Виконано' }).waitFor();
  await olena.page.locator('.fact', { hasText: 'Думка заявника' }).getByText('Заявник не відповів. Це мовчання, а не згода.').waitFor();
  await shoots('olena', 'closed');
  await citizen.hears(`Звернення ${number} виконано.`);
});

scene('the decision-maker assesses it, and counts it towards a bonus', async () => {
  const { petro } = people;
  await petro.signsIn('petro', card);
  assert.equal(await petro.why('Врахувати при преміюванні'), 'Спершу оцініть своєчасність і якість.');
  await petro.does('Оцінити своєчасність і якість', async () => {
    await petro.field('Своєчасність').fill('2');
    await petro.field('Якість').fill('5');
    await petro.field('Коментар').fill('Пізно, але добре.');
  });
  await petro.does('Врахувати при преміюванні', () => petro.field('Коментар').fill('За якість.'));
  await petro.page.locator('.timeline li', { hasText: 'Врахувати при преміюванні' }).waitFor();
});

ends();
