// SPDX-License-Identifier: MPL-2.0
// The parameters of a call, by whichever of the four ways they came: query, form, JSON, multipart.
import { gunzipSync, inflateSync } from 'node:zlib';

import { Refusal } from './html.mjs';

const FIELDS_MAX = 1024 * 1024;

export async function readBody(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  const coding = request.headers['content-encoding'];
  if (coding === 'gzip') return gunzipSync(body);
  return coding === 'deflate' ? inflateSync(body) : body;
}

function* splitParts(body, boundary) {
  const mark = Buffer.from(`--${boundary}`);
  let at = body.indexOf(mark);
  while (at >= 0) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) return;
    yield body.subarray(at + mark.length + 2, next - 2);
    at = next;
  }
}

/* Header names in any case, a file name in quotes or without them. */
function readPart(part) {
  const end = part.indexOf('\r\n\r\n');
  const head = part.subarray(0, end).toString();
  const name = /name="([^"]*)"/i.exec(head)?.[1];
  const fileName = /filename="([^"]*)"/i.exec(head)?.[1] ?? /filename=([^;\r\n]*)/i.exec(head)?.[1];
  const type = /content-type:\s*([^\r\n]*)/i.exec(head)?.[1];
  return { name, fileName, type, data: part.subarray(end + 4) };
}

function readMultipart(body, type, fields, files) {
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1] ?? '';
  if (!boundary || boundary.length > 70) throw new Refusal(400, 'Bad Request: wrong boundary');
  for (const part of splitParts(body, boundary)) {
    const { name, fileName, type: partType, data } = readPart(part);
    if (fileName === undefined) fields[name] = data.toString();
    else files[name] = { name: fileName, type: partType, data };
  }
}

function readJson(body, fields) {
  let json;
  try {
    json = JSON.parse(body.toString() || '{}');
  } catch {
    throw new Refusal(400, "Bad Request: can't parse JSON object");
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Refusal(400, 'Bad Request: expected an object');
  Object.assign(fields, json);
}

export function readParameters(url, headers, body) {
  const fields = Object.fromEntries(url.searchParams);
  const files = {};
  const type = headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) readMultipart(body, type, fields, files);
  else if (body.length > FIELDS_MAX) throw new Refusal(413, 'Request Entity Too Large');
  else if (type.startsWith('application/json')) readJson(body, fields);
  else if (type.startsWith('application/x-www-form-urlencoded'))
    Object.assign(fields, Object.fromEntries(new URLSearchParams(body.toString())));
  return { fields, files };
}
