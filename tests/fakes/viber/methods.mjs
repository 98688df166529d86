// SPDX-License-Identifier: MPL-2.0
// The methods of the REST API. Each gets the account and the body, and gives what stands beside status 0.
import { CHOSEN } from './account.mjs';
import { checkMessage } from './checks.mjs';
import { Refusal, newToken } from './wire.mjs';

const BROADCAST_MAX = 300;

async function setWebhook(account, { url, event_types: types }) {
  if (url === '' || url === undefined) {
    account.webhook = '';
    return { event_types: [] };
  }
  if (!/^https:\/\//.test(url) && !account.server.options.anyHook) throw new Refusal('invalidUrl', 'no https');
  const known = ['message', ...CHOSEN];
  for (const type of types ?? []) if (!known.includes(type)) throw new Refusal('badData', `event type ${type}`);
  const answer = await account.delivery.send(account.event('webhook'), { url, once: true });
  if (answer?.status !== 200) throw new Refusal('invalidUrl', `the webhook answered ${answer?.status}`);
  account.webhook = url;
  account.eventTypes = types ? [...types] : [...CHOSEN];
  return { event_types: [...account.eventTypes, 'message'] };
}

function admitted(account) {
  if (!account.webhook) throw new Refusal('webhookNotSet');
}

async function sendMessage(account, body) {
  admitted(account);
  if (!body.receiver) throw new Refusal('missingData', 'receiver');
  checkMessage(body);
  const token = account.deliver(body.receiver, body);
  return { message_token: token, chat_hostname: 'SN-CHAT-01_', billing_status: 1, media: await fetched(body) };
}

/* Viber reads the media from where the bot says it lies. */
async function fetched({ type, media }) {
  if (!/^(picture|video|file)$/.test(type)) return undefined;
  try {
    const response = await fetch(media);
    return { status: response.status, size: (await response.arrayBuffer()).byteLength };
  } catch (error) {
    return { status: 0, error: String(error.cause ?? error.message) };
  }
}

async function broadcast(account, body) {
  admitted(account);
  const list = body.broadcast_list;
  if (!Array.isArray(list) || list.length === 0) throw new Refusal('missingData', 'broadcast_list');
  if (list.length > BROADCAST_MAX) throw new Refusal('badData', 'broadcast_list is too long');
  checkMessage(body);
  const failed = [];
  const token = newToken(); // one for all
  for (const receiver of list) {
    try {
      account.deliver(receiver, body, token);
    } catch (error) {
      failed.push({ receiver, status: error.status, status_message: error.message });
    }
  }
  return { message_token: token, failed_list: failed };
}

function accountInfo(account) {
  const subscribed = [...account.users.values()].filter((user) => user.subscribed);
  return {
    id: account.id, name: account.name, uri: account.uri, icon: '', background: '', category: 'Local Businesses',
    subcategory: 'Government', country: 'UA', webhook: account.webhook, event_types: account.eventTypes,
    subscribers_count: subscribed.length, members: [],
  };
}

function userDetails(account, { id }) {
  const user = account.users.get(id);
  if (!user) throw new Refusal('receiverNotRegistered');
  return { user: { ...account.card(user), primary_device_os: 'android 14', viber_version: '24.0', mcc: 255, mnc: 1, device_type: 'x' } };
}

function online(account, { ids }) {
  if (!Array.isArray(ids) || ids.length > 100) throw new Refusal('badData', 'ids');
  return { users: ids.map((id) => ({ id, online_status: account.users.has(id) ? 0 : 4, online_status_message: 'online' })) };
}

export const methods = {
  set_webhook: setWebhook,
  send_message: sendMessage,
  broadcast_message: broadcast,
  get_account_info: accountInfo,
  get_user_details: userDetails,
  get_online: online,
};
