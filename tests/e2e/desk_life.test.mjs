// SPDX-License-Identifier: MPL-2.0
// The desk as it is, in real browsers: officials of a real town, each before a screen of their own.
import assert from 'node:assert/strict';
import { codeOf, enter, firstAdmin, invited, PASSWORD } from './desk.mjs';
import { Resident } from './desk_citizen.mjs';
import { mouthfuls, PAYLOADS } from './payloads.mjs';
import { JPEG } from './picture.mjs';
import { openStage } from './desk_scene.mjs';
import { until } from './town.mjs';

const { telegram, bot, town, people, comes, scene, shoots, ends } = await openStage('desk-life');
const citizen = new Resident(telegram, bot, 1001);
let number = '';

scene('the first administrator comes in by a one-time code, and invites an official', async () => {
  const admin = await comes('admin', firstAdmin(town));
  await admin.goes('#/desk/staff');
  await admin.findsNothing('the staff');
  await admin.button('Запросити працівника').click();
  await admin.field('Ім’я та прізвище').fill('Ганна Нова');
  await admin.field('Ім’я для входу').fill('Ганна');
  await admin.submits();
  await admin.panel.getByText('малих латинських літер').waitFor();
  await admin.field('Ім’я для входу').fill('h.nova');
  await admin.submits();
  const said = await admin.panel.locator('.said').innerText();
  await admin.findsNothing('an invitation');
  await admin.button('Зрозуміло').click();
  const hanna = await comes('hanna', /http\S+/.exec(said)[0], { viewport: { width: 360, height: 640 } });
  assert.equal(await hanna.page.locator('.rail a.place', { hasText: 'Працівники' }).count(), 0, 'no role, no rights');
});

scene('the page of a dismissed official closes at once', async () => {
  const { admin, hanna } = people;
  await hanna.goes('#/account');
  await admin.goes('#/desk/staff');
  await admin.page.getByRole('link', { name: 'Ганна Нова' }).click();
  await admin.opens('Звільнити');
  const before = Date.now();
  await admin.submits();
  await admin.panel.getByText('Точно').waitFor();
  await admin.submits();
  await hanna.page.getByRole('dialog', { name: 'Увійдіть знову' }).waitFor();
  assert.ok(Date.now() - before < 4000, 'within seconds');
  await admin.panel.waitFor({ state: 'detached' });
  assert.match(await admin.page.locator('.thing').innerText(), /Звільнено/);
});

scene('a citizen complains in Telegram, and the card is registered', async () => {
  await citizen.says('/start', 'Вітаємо');
  await citizen.says('/appeals', 'Що Ви хочете зробити');
  await citizen.presses('Поскаржитися', 'На кого скарга');
  await citizen.presses('ЦНАП', 'Розкажіть своїми словами');
  await citizen.says('Черга у ЦНАП не рухається: талон на 10:00, прийняли о 13:00. Прошу навести лад.', 'Записали');
  await citizen.says('Готово', 'прізвище');
  await citizen.says('Коваль Олена Петрівна', 'Де Ви живете');
  await citizen.says('Крижопіль, вул. Шкільна, 5, кв. 12', 'номер телефону');
  await citizen.says('067 123 45 67', 'Перевірте');
  const said = await citizen.presses('Надіслати', 'зареєстровано');
  number = /Г-\d+-\d+/.exec(said)[0];
});

scene('the responsible person finds it among their tasks, asks why this date, and addresses it', async () => {
  const olena = await comes('olena', invited(town, 'olena'));
  await olena.page.locator('a.task', { hasText: number }).click();
  await olena.page.locator('#actions').waitFor();
  assert.equal(await olena.title(), number);
  await olena.button('Чому ця дата?').click();
  assert.match(await olena.page.locator('.why').innerText(), /Стільки часу дає закон/);
  await olena.findsNothing('a real card');
  await olena.opens('Адресувати й визначити термін');
  await olena.field('Кому адресувати').selectOption({ label: 'Петро Прикладний, перший заступник голови' });
  await olena.field('Коментар').fill('Прошу розглянути: третя скарга за тиждень.');
  await olena.submits();
  await olena.page.locator('.head .badge', { hasText: 'На резолюції' }).waitFor();
});

scene('the decision-maker appoints a leading executor and a co-executor', async () => {
  const petro = await comes('petro', invited(town, 'petro'));
  await petro.page.locator('a.task', { hasText: number }).click();
  await petro.opens('Призначити виконавців');
  await petro.panel.getByLabel('Ірина Показова').check();
  await petro.panel.getByLabel('Василь Приміренко').check();
  await petro.submits();
  await petro.page.locator('.head .badge', { hasText: 'Призначено виконавця' }).waitFor();
});

scene('the executor takes it on her telephone, asks the citizen, and hears the answer while she looks', async () => {
  const iryna = await comes('iryna', invited(town, 'iryna'), { viewport: { width: 360, height: 640 } });
  await iryna.page.locator('a.task', { hasText: number }).click();
  for (const label of ['Прийняти в роботу', 'Попередній розгляд проведено', 'Підтвердити компетенцію']) {
    await iryna.does(label, async () => iryna.field('Коментар').fill(`${label}: так.`));
  }
  await iryna.does('Уточнити в заявника', async () => {
    await iryna.field('Запитання').fill('О котрій саме годині Ви прийшли?');
    await iryna.field('Коментар').fill('Треба звірити з журналом талонів.');
  });
  await citizen.hears('О котрій саме годині');
  await citizen.presses('Відкрити', 'Напишіть відповідь');
  await citizen.says('О 9:50, талон узято о 9:55.', 'Записали');
  for (const words of mouthfuls().slice(0, 2)) await citizen.says(words, 'Записали');
  await citizen.says('Готово', 'Дякуємо, відповідь передано');
  await iryna.page.locator('.thread', { hasText: 'О 9:50' }).waitFor();
  await iryna.page.locator('.head .badge', { hasText: 'виконується' }).waitFor();
});

scene('a co-executor does his part, and somebody else’s work is not his', async () => {
  const vasyl = await comes('vasyl', invited(town, 'vasyl'));
  await vasyl.page.locator('a.task', { hasText: number }).click();
  await vasyl.page.locator('.actions details').last().locator('summary').click();
  const reasons = await vasyl.page.locator('.actions details').last().innerText();
  assert.match(reasons, /Внести результат і запропонувати закриття\s+Це робить: Виконавець/);
  await vasyl.does('Моя частина виконана', () => vasyl.field('Коментар').fill('Другий термінал увімкнено.'));
});

scene('the executor proposes to close with a photo, and the citizen says that it is fixed', async () => {
  const { iryna } = people;
  await iryna.page.locator('.timeline', { hasText: 'Другий термінал' }).waitFor();
  await iryna.does('Внести результат і запропонувати закриття', async () => {
    await iryna.panel.getByLabel('Виконано', { exact: true }).check();
    await iryna.field('Відповідь заявникові').fill('Відкрито друге вікно, у черзі тепер до 10 хвилин.');
    await iryna.field('Коментар').fill('Перевірено на місці.');
    const proof = iryna.panel.locator('.field', { hasText: 'Підтвердження виконання' });
    const [chooser] = await Promise.all([iryna.page.waitForEvent('filechooser'), proof.getByText('Додати файли').click()]);
    await chooser.setFiles([{ name: 'вікно.jpg', mimeType: 'image/jpeg', buffer: JPEG }]);
    await until('the photo is there', async () => (await proof.locator('progress').count()) === 0 && (await proof.locator('.paper').count()) === 1);
  });
  await citizen.hears('Чи вирішено?');
  await citizen.presses('Відкрити', 'Чи справді виправлено?');
  await citizen.presses('Так, повністю', number);
});

scene('the responsible person sees it come and closes it; the decision-maker assesses it', async () => {
  const { olena, petro } = people;
  await olena.page.locator('.head .badge', { hasText: 'пропонує закрити' }).waitFor();
  await olena.page.locator('.facts .shot').first().waitFor();
  await olena.page.locator('.fact', { hasText: 'Телефон' }).getByRole('button').click();
  await olena.page.getByRole('link', { name: '+380671234567' }).waitFor();
  await olena.does('Закрити картку', () => olena.field('Коментар').fill('Заявниця підтвердила.'));
  await olena.page.locator('.head .badge', { hasText: 'Виконано' }).waitFor();
  await citizen.hears('виконано');
  await petro.does('Оцінити своєчасність і якість', async () => {
    await petro.field('Своєчасність').fill('5');
    await petro.field('Якість').fill('4');
    await petro.field('Коментар').fill('Швидко; надалі попереджати про другу чергу.');
  });
  for (const who of Object.keys(people)) await shoots(who, 'end');
  assert.match(await petro.page.locator('.timeline').innerText(), /Оцінити своєчасність і якість/);
});

let caller = ''; // the address of a caller's card

scene('an operator files a caller’s appeal; the executor asks to be changed, and the decision-maker agrees', async () => {
  const { olena, petro, vasyl } = people;
  const ihor = await comes('ihor', invited(town, 'ihor'));
  await ihor.goes('#/cases/cards');
  await ihor.button('Зареєструвати: Звернення').click();
  await ihor.panel.getByLabel('Телефон', { exact: true }).first().check();
  await ihor.field('Вид звернення').selectOption({ label: 'Прохання' });
  const answers = { Прізвище: 'Вовк', 'Ім’я': 'Ганна', 'По батькові': 'Петрівна', 'Місце проживання': 'Крижопіль, Садова, 3' };
  for (const [label, words] of Object.entries(answers)) await ihor.panel.getByLabel(label, { exact: false }).fill(words);
  await ihor.panel.locator('input[type=tel]').fill('0671112233');
  await ihor.field('Суть питання').fill('Прошу поставити лавку на зупинці «Лікарня».');
  await ihor.submits();
  await ihor.panel.getByText('Зареєстровано').waitFor();
  await ihor.button('Зрозуміло').click();
  await until('its page is opened', async () => /^Г-/.test(await ihor.title()));
  caller = await ihor.page.evaluate(() => location.hash);

  await olena.goes(caller);
  await olena.does('Адресувати й визначити термін', () => olena.field('Кому адресувати').selectOption({ index: 1 }));
  await petro.goes(caller);
  await petro.does('Призначити виконавців', () => petro.panel.getByLabel('Василь Приміренко').check());
  await vasyl.goes(caller);
  await vasyl.does('Запит: Зміна виконавця', async () => {
    await vasyl.submits();
    await vasyl.panel.getByText('Заповніть це поле.').first().waitFor();
    await vasyl.field('Обґрунтування').fill('Лавки ставить «Благоустрій», у водоканалу їх немає.');
    await vasyl.field('Коментар').fill('Не наша компетенція.');
  });
  await petro.goes('#/cases/requests');
  await petro.page.locator('.rows .lead a').first().click();
  await petro.does('Погодити: Зміна виконавця', async () => {
    await petro.panel.getByLabel('Ірина Показова').check();
    await petro.field('Коментар').fill('Так, це «Благоустрій».');
  });
});

scene('two officials at once: the second is told what changed, and the words go on', async () => {
  const { iryna, petro } = people;
  await iryna.goes(caller);
  await petro.goes(caller);
  await petro.opens('Нагадати');
  await petro.field('Коментар').fill('Прошу до свята.');
  await iryna.does('Прийняти в роботу', () => iryna.field('Коментар').fill('Беру.'));
  await petro.panel.getByText('Поки Ви писали, тут дещо змінилося').waitFor();
  assert.match(await petro.panel.locator('.changes').innerText(), /Прийняти в роботу/);
  await petro.submits();
  await petro.panel.getByRole('alert').waitFor();
  assert.equal(await petro.field('Коментар').inputValue(), 'Прошу до свята.');
  await petro.submits();
  await petro.panel.waitFor({ state: 'detached' });
});

scene('a session that ends in the middle of a form is taken up where it was', async () => {
  const { petro } = people;
  await petro.goes(caller);
  await petro.opens('Доручення в порядку контролю');
  await petro.field('Коментар').fill('Звітувати щотижня.');
  await petro.browser.clearCookies();
  await petro.page.locator('dialog.panel button.main').evaluate((button) => button.click()); // whoever noticed first
  await petro.panel.getByLabel('Пароль').fill(PASSWORD);
  await petro.button('Увійти').click();
  await petro.panel.getByLabel('Код із телефону').fill(codeOf(petro.secret, 0));
  await petro.button('Далі').click();
  await petro.page.locator('.timeline', { hasText: 'Звітувати щотижня.' }).waitFor();
});

scene('a bar of the report opens the cards behind it', async () => {
  const { olena } = people;
  await olena.goes('#/report/cases/report');
  await olena.findsNothing('a real report');
  await olena.page.locator('.chart a').first().press('Enter');
  await olena.page.locator('.rows tbody tr').first().waitFor();
});

scene('axe finds nothing on any page that the auditor, who sees all, can open', async () => {
  const nadiia = await comes('nadiia', invited(town, 'nadiia'), { colorScheme: 'dark' });
  const links = await nadiia.page.locator('.rail a.place').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  assert.ok(links.length > 10);
  for (const hash of links) {
    await nadiia.goes(hash);
    await nadiia.findsNothing(hash);
    const first = nadiia.page.locator('.rows .lead a').first();
    if ((await first.count()) === 0) continue;
    await first.click();
    await nadiia.page.locator('.thing').waitFor();
    await nadiia.findsNothing(`a thing of ${hash}`);
  }
});

scene('a hundred smuggled scripts in every field of an applicant are words before the real desk', async () => {
  const { olena } = people;
  const operator = await enter(town, 'ihor');
  const said = { channel: 'phone', kind: 'complaint', phone: '+380671112233' };
  const ids = [];
  for (const words of PAYLOADS) {
    const essence = `Скарга: ${words}`;
    const values = { ...said, surname: words, first_name: words, patronymic: words, residence: words, essence, place: words };
    const { status, json } = await operator.post('api/act/cases/cards', { action: 'register-appeal', values });
    assert.ok([200, 400, 422].includes(status), `${words}: ${status}`);
    if (status === 200) ids.push(json.opens.split('/').at(-1));
  }
  assert.ok(ids.length > 90, `${ids.length} of them are kept as they were said`);
  await olena.goes('#/tasks');
  await olena.page.reload();
  await olena.goes('#/cases/cards?limit=100');
  await olena.page.locator('.rows tbody tr').nth(99).waitFor();
  for (const id of ids) {
    await olena.page.evaluate((hash) => (location.hash = hash), `#/cases/cards/${id}`);
    await until(`card ${id} is shown`, async () => (await olena.page.locator('.fact', { hasText: 'Скарга: ' }).count()) > 0 && olena.page.url().endsWith(`/${id}`));
    await olena.button('Показати все').click();
    await olena.page.locator('.masked').first().waitFor({ state: 'detached' });
  }
});

ends();
