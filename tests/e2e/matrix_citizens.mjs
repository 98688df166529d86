// SPDX-License-Identifier: MPL-2.0
// Citizens on Telegram whose cards are walked through the matrix.
import { Resident } from './desk_citizen.mjs';

/* Opens an appeal to КП «Благоустрій»; its number. */
async function complains(citizen, words) {
  await citizen.says('/start', 'Вітаємо');
  await citizen.says('/appeals', 'Що Ви хочете зробити');
  await citizen.presses('Поскаржитися', 'На кого скарга');
  await citizen.presses('Інша установа', 'Яка установа');
  await citizen.presses('КП «Благоустрій» (зразок)', 'Розкажіть своїми словами');
  await citizen.says(words, 'Записали');
  await citizen.says('Готово', 'прізвище');
  await citizen.says('Коваль Олена Петрівна', 'Де Ви живете');
  await citizen.says('Крижопіль, вул. Шкільна, 5, кв. 12', 'номер телефону');
  await citizen.says('067 123 45 67', 'Перевірте');
  return /№ (\S+) зареєстровано/.exec(await citizen.presses('Надіслати', 'зареєстровано'))[1];
}

/* Reports a pit, which «Благоустрій» mends; its number. */
async function reports(citizen, words, street) {
  await citizen.says('/start', 'Вітаємо');
  await citizen.says('/utility', 'Що сталося');
  await citizen.says(`Яма на дорозі: ${words}`, 'Записали');
  await citizen.says('Готово', 'Де це');
  await citizen.says(street, 'Перевірте');
  return /№ (\S+) прийнято/.exec(await citizen.presses('Надіслати', 'прийнято'))[1];
}

const opens = { appeal: complains, problem: reports };

/* What the applicant may do with a card of theirs. */
export const applicant = {
  async add(citizen, card) {
    await citizen.says(`/mine_write ${card}`, 'Напишіть, що додати');
    await citizen.says('Ще одне: там темно.', 'Записали');
    await citizen.says('Готово', 'Дописано');
  },
  async answer(citizen, card) {
    await citizen.says(`/mine_write ${card}`, 'Запитання до Вас');
    await citizen.says('Біля воріт.', 'Записали');
    await citizen.says('Готово', 'відповідь передано');
  },
  async rate(citizen, card) {
    await citizen.says(`/mine_survey ${card} fixed`, 'закриє відповідальна особа');
  },
  async dispute(citizen, card) {
    await citizen.says(`/mine_survey ${card} not`, 'Що не так');
    await citizen.says('Усе як було.', 'Записали');
    await citizen.says('Готово', 'повторне №');
  },
  async withdraw(citizen, card) {
    await citizen.says(`/mine_withdraw ${card}`, 'відкликати?');
    await citizen.presses('Так', 'відкликано');
  },
};

/* One citizen a card, all at once: name → {citizen, number}. */
export async function openCards({ telegram, bot, type, names, from }) {
  const open = async (name, i) => {
    const citizen = new Resident(telegram, bot, from + i);
    return [name, { citizen, number: await opens[type](citizen, `Звернення «${name}»`, `вул. Садова, ${i + 1}`) }];
  };
  return Object.fromEntries(await Promise.all(names.map(open)));
}

/* Where they stand at the desk. */
export async function findCards(hall, cards) {
  const { rows } = await hall.list('auditor-a', 'cases/cards');
  for (const card of cards) {
    card.id = rows.find((row) => row.values.number === card.number).id;
    card.path = `cases/cards/${card.id}`;
  }
}
