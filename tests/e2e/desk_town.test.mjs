// SPDX-License-Identifier: MPL-2.0
// What happens in a town: hatred, one lamp that many complain of, a company that is closed, a master who leaves, and where it all is on a map.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enter, firstAdmin, invited } from './desk.mjs';
import { Resident } from './desk_citizen.mjs';
import { openStage } from './desk_scene.mjs';
import { openTiles } from './desk_tiles.mjs';
import { JPEG } from './picture.mjs';
import { until } from './town.mjs';

const tiles = await openTiles();
const { telegram, bot, town, people, comes, scene, shoots, ends } = await openStage('desk-town', {
  begins: '2026-11-23T10:00+02:00', // a Monday
  prepare: (change) => change('conf/towns/kryzhopil.ini', '[desk]', `[desk]\ntiles = ${tiles.pattern}`),
});
const PHONE = { viewport: { width: 360, height: 740 } };
const [anna, bohdan, vira] = [1001, 1002, 1003].map((chat) => new Resident(telegram, bot, chat));

/* An official whose page may ask the server of tiles, and nobody else. */
async function arrives(login, options) {
  const clerk = await comes(login, login === 'admin' ? firstAdmin(town) : invited(town, login), options);
  clerk.allowed.push(`${tiles.origin}/`);
  return clerk;
}

/* Opens a card by its number, from the tasks of this official. */
async function opens(clerk, number) {
  await clerk.goes('#/tasks');
  await clerk.page.locator('a.task', { hasText: number }).click();
  await clerk.page.locator('#actions').waitFor();
}

// ---- hatred ----

scene('hatred is not processed when two officials say so, and the citizen is told why', async () => {
  await anna.says('/start', 'Вітаємо');
  await anna.says('/appeals', 'Що Ви хочете зробити');
  await anna.presses('Поскаржитися', 'На кого скарга');
  await anna.presses('ЦНАП', 'Розкажіть своїми словами');
  await anna.says('У черзі самі чужинці. Бити їх треба й гнати з громади, щоб духу їхнього тут не було.', 'Записали');
  await anna.says('Готово', 'прізвище');
  await anna.says('Гнівна Анна Іванівна', 'Де Ви живете');
  await anna.says('Крижопіль, вул. Шкільна, 5', 'номер телефону');
  await anna.says('067 123 45 67', 'Перевірте');
  const number = /Г-\d+-\d+/.exec(await anna.presses('Надіслати', 'зареєстровано'))[0];
  const olena = await arrives('olena');
  const petro = await arrives('petro');
  await opens(olena, number);
  await shoots('olena', 'hatred-card');
  await olena.does('Не опрацьовувати: розпалювання ворожнечі', async () => {
    await olena.field('Кому адресувати').selectOption({ index: 1 });
    await olena.field('Підстави').fill('Заклик до насильства за ознакою походження: стаття 8 Закону «Про звернення громадян». Оскаржити можна в суді протягом 6 місяців.');
    await shoots('olena', 'hatred-form');
  });
  await shoots('olena', 'hatred-suspected');
  await petro.bell(`${number}. Олена Зразкова: «Не опрацьовувати: розпалювання ворожнечі»`);
  await opens(petro, number);
  await shoots('petro', 'hatred');
  await petro.does('Підтвердити: не опрацьовувати', () => petro.field('Коментар').fill('Погоджуюся.'));
  await petro.page.locator('.head .badge', { hasText: 'Не опрацьовується' }).waitFor();
  const told = await anna.hears(`Звернення ${number} не опрацьовується.`);
  assert.match(told, /Підстава: Заклик до насильства за ознакою походження/);
  assert.match(told, /Рішення можна оскаржити/);
  await shoots('petro', 'hatred-done');
});

// ---- an incident ----

let lead = '';

/* From «/utility» to the question whether it is a known one, or the summary. */
async function reports(resident, words, point) {
  await resident.says('/utility', 'Що сталося');
  await resident.says(words, 'Готово');
  await resident.says('Готово', 'Де це');
  bot.say(resident.chat, { location: point });
}
const LAMP = { latitude: 48.3801, longitude: 28.8641 };

scene('many complain of one lamp: one card is worked on, who comes later joins it in the chat', async () => {
  const { olena } = people;
  await bohdan.says('/start', 'Вітаємо');
  await vira.says('/start', 'Вітаємо');
  const numbers = [];
  for (const resident of [anna, bohdan]) {
    await reports(resident, 'Ліхтарі на Шкільній не світять уже тиждень.', LAMP);
    await resident.hears('Не горять вуличні ліхтарі');
    numbers.push(/П-\d+-\d+/.exec(await resident.presses('Надіслати', 'прийнято'))[0]);
  }
  lead = numbers[0];
  await opens(olena, lead);
  await shoots('olena', 'lamp');
  await olena.does('Зробити спільною проблемою', () => olena.field('Назва проблеми').fill('Темно на вулиці Шкільній'));
  await opens(olena, numbers[1]);
  await shoots('olena', 'lamp-similar');
  await olena.does('Приєднати до відомої проблеми', () => olena.panel.getByLabel('Темно на вулиці Шкільній').check());
  await bohdan.hears(`Звернення ${numbers[1]} приєднано до відомої проблеми. Коли її вирішать, напишемо Вам.`);
  await reports(vira, 'Темно, ліхтарі біля школи не горять', LAMP);
  await vira.hears('Про це вже знаємо: «Темно на вулиці Шкільній», з 23 листопада. Повідомили 2 людини.');
  await vira.presses('Це те саме, приєднатися', 'Приєднано');
  await olena.goes('#/cases/incidents');
  await shoots('olena', 'incidents');
  await olena.page.locator('.rows .lead a').first().click();
  await olena.page.locator('.thing').waitFor();
  await olena.page.locator('.fact', { hasText: 'Приєднані картки' }).getByRole('link', { name: numbers[1] }).waitFor();
  await shoots('olena', 'incident');
});

scene('its end is answered to everybody who joined, each in their own chat', async () => {
  const { olena } = people;
  await opens(olena, lead);
  await olena.does('Передати майстрові', () => olena.panel.getByLabel('Ірина Показова').check());
  const iryna = await arrives('iryna', PHONE);
  await opens(iryna, lead);
  await iryna.does('Зроблено', async () => {
    await iryna.panel.getByLabel('Виправлено', { exact: true }).check();
    await iryna.field('Відповідь заявникові').fill('Лінію полагоджено, ліхтарі світять.');
    const proof = iryna.panel.locator('.field', { hasText: 'Підтвердження виконання' });
    const [chooser] = await Promise.all([iryna.page.waitForEvent('filechooser'), proof.getByText('Додати файли').click()]);
    await chooser.setFiles([{ name: 'ліхтар.jpg', mimeType: 'image/jpeg', buffer: JPEG }]);
    await proof.locator('.paper').waitFor();
    await proof.locator('progress').waitFor({ state: 'detached' });
  });
  await anna.hears('Чи вирішено?');
  await anna.presses('Відкрити', 'Чи справді виправлено?');
  await anna.presses('Так, повністю', lead);
  await opens(olena, lead);
  await olena.does('Закрити');
  await olena.page.locator('.head .badge', { hasText: 'Виправлено' }).waitFor();
  const answer = 'Лінію полагоджено, ліхтарі світять.';
  await anna.hears(`Звернення ${lead} виконано.\n${answer}`);
  await bohdan.hears(`проблему, до якої його приєднано, вирішено.\n${answer}`);
  await vira.hears(`Проблему «Темно на вулиці Шкільній», на яку Ви теж чекали, вирішено.\n${answer}`);
});

// ---- who works here changes ----

/* A caller's appeal, addressed to Petro and given to Iryna. */
async function given(essence) {
  const { olena, petro, iryna } = people;
  const operator = await ihor;
  const values = { channel: 'phone', kind: 'request', surname: 'Вовк', first_name: 'Ганна', patronymic: 'Петрівна', residence: 'Садова, 3', phone: '+380671112233', essence };
  const { status, json } = await operator.post('api/act/cases/cards', { action: 'register-appeal', values });
  assert.equal(status, 200, JSON.stringify(json));
  const hash = `#/${json.opens}`;
  await olena.goes(hash);
  await olena.does('Адресувати й визначити термін', () => olena.field('Кому адресувати').selectOption({ index: 1 }));
  await petro.goes(hash);
  await petro.does('Призначити виконавців', () => petro.panel.getByLabel('Ірина Показова').check());
  await iryna.goes(hash);
  await iryna.does('Прийняти в роботу', () => iryna.field('Коментар').fill('Беру.'));
  return { hash, number: await iryna.title() };
}
const ihor = enter(town, 'ihor');
const cards = [];

scene('a company is closed in the middle of work: who must find another is told, and the card says what to do', async () => {
  const { olena, petro, iryna } = people;
  cards.push(await given('Прошу обрізати гілки над дитячим майданчиком.'), await given('Прошу полагодити гойдалку.'));
  const admin = await arrives('admin');
  await admin.goes('#/desk/organisations');
  await admin.page.getByRole('link', { name: 'КП «Благоустрій» (зразок)' }).click();
  await admin.opens('Закрити');
  await shoots('admin', 'close-organisation');
  await admin.submits();
  await admin.panel.getByText('Точно').waitFor();
  await admin.submits();
  await admin.page.locator('.thing').getByText('Закрита').waitFor();
  await petro.bell(`На нового виконавця чекають 2 картки, перша – ${cards[0].number}: Ірина Показова більше не виконує доручень. Призначте когось іншого.`);
  await petro.goes('#/tasks');
  await petro.page.locator('a.task', { hasText: cards[0].number }).getByText('Потрібен інший виконавець').waitFor();
  await shoots('petro', 'closed-tasks');
  await petro.goes(cards[0].hash);
  await shoots('petro', 'closed-card');
  await petro.page.locator('.fact', { hasText: 'Потребує уваги' }).getByText('Потрібен інший виконавець: Ірина Показова').waitFor();
  await iryna.goes(cards[0].hash);
  assert.equal(await iryna.why('Попередній розгляд проведено'), 'Вашу установу закрито: цю роботу передадуть іншим.');
  await shoots('iryna', 'closed-card');
  await petro.does('Замінити виконавця, який більше не працює', async () => {
    assert.equal(await petro.panel.getByText('Ірина Показова').count(), 0, 'nobody of a closed company is offered');
    await petro.panel.getByLabel('Василь Приміренко').check();
    await petro.field('Коментар').fill('«Благоустрій» закрито, роботу бере водоканал.');
  });
  await petro.page.locator('.head .badge', { hasText: 'Призначено виконавця' }).waitFor();
});

scene('a master leaves, and then the decision-maker: each card finds the next one who must act', async () => {
  const { olena, petro, admin } = people;
  await admin.goes('#/desk/staff');
  await admin.page.getByRole('link', { name: 'Василь Приміренко' }).click();
  await admin.opens('Звільнити');
  await shoots('admin', 'dismiss');
  await admin.submits();
  await admin.panel.getByText('Точно').waitFor();
  await admin.submits();
  await admin.page.locator('.thing').getByText('Звільнено').first().waitFor();
  await petro.bell(`${cards[0].number} чекає на нового виконавця: Василь Приміренко більше не виконує доручень.`);
  await admin.goes('#/desk/staff');
  await admin.page.getByRole('link', { name: 'Петро Прикладний' }).click();
  await admin.opens('Звільнити');
  await admin.submits();
  await admin.panel.getByText('Точно').waitFor();
  await admin.submits();
  await petro.page.getByRole('dialog', { name: 'Увійдіть знову' }).waitFor();
  await olena.bell(`На рішення чекають 2 картки, перша – ${cards[0].number}: Петро Прикладний більше не вирішує. Адресуйте їх комусь іншому.`);
  await olena.goes('#/tasks');
  await olena.page.locator('a.task', { hasText: cards[0].number }).getByText('Адресувати комусь іншому').waitFor();
  await shoots('olena', 'gone-tasks');
  await olena.goes(cards[0].hash);
  await shoots('olena', 'gone-card');
  await olena.page.locator('.fact', { hasText: 'Потребує уваги' }).getByText('Немає кому вирішувати: Петро Прикладний').waitFor();
});

// ---- the map ----

scene('a map of the town’s own tiles: nobody else is asked, the keyboard is enough, and it says whose it is', async () => {
  const { olena } = people;
  await olena.goes('#/cases/cards?search=' + encodeURIComponent(lead));
  await olena.page.locator('.rows .lead a').first().click();
  const map = olena.page.locator('.map');
  await map.locator('img').first().waitFor();
  await until('all tiles are there', () => map.locator('img').evaluateAll((all) => all.length === 15 && all.every((one) => one.complete && one.naturalWidth > 0)));
  assert.ok(tiles.asked.length > 0 && tiles.asked.every(({ path }) => path.startsWith('/16/')));
  assert.deepEqual([...new Set(tiles.asked.map(({ referer, cookie }) => `${referer} ${cookie}`))], [`${town.origin}/ undefined`], 'the town is named, not the card');
  await map.getByText('© OpenStreetMap').waitFor();
  await shoots('olena', 'map');
  await olena.findsNothing('a card with a map');
  await olena.page.getByRole('link', { name: 'Показати на мапі' }).focus();
  await olena.page.keyboard.press('Tab');
  await olena.page.keyboard.press('Enter');
  await until('it is closer', () => tiles.asked.some(({ path }) => path.startsWith('/17/')));
  await olena.page.keyboard.press('Tab');
  await olena.page.keyboard.press('Enter');
  await olena.page.keyboard.press('Enter');
  await until('it is farther', () => tiles.asked.some(({ path }) => path.startsWith('/15/')));
  await olena.page.setViewportSize(PHONE.viewport);
  await shoots('olena', 'map-phone');
});

scene('without an address of tiles there is no map, and nobody outside is asked', async () => {
  const { olena } = people;
  const ini = join(town.folder, 'conf/towns/kryzhopil.ini');
  writeFileSync(ini, readFileSync(ini, 'utf8').replace(/^tiles = .*\n/m, ''));
  town.reload();
  const policy = async () => (await fetch(olena.address)).headers.get('content-security-policy');
  await until('the policy allows nobody', async () => !(await policy()).includes(tiles.origin));
  olena.allowed.pop();
  tiles.asked.length = 0;
  await olena.page.reload();
  await olena.settled();
  await olena.page.getByRole('link', { name: 'Показати на мапі' }).waitFor();
  assert.equal(await olena.page.locator('.map').count(), 0);
  assert.equal(tiles.asked.length, 0);
});

ends();
