// SPDX-License-Identifier: MPL-2.0
// The sides of a picture, as far as the server looks at them.

function jpeg(data) {
  for (let at = 2; at + 9 < data.length && data[at] === 0xff; at += 2 + data.readUInt16BE(at + 2)) {
    const frame = data[at + 1] >= 0xc0 && data[at + 1] <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(data[at + 1]);
    if (frame) return { width: data.readUInt16BE(at + 7), height: data.readUInt16BE(at + 5) };
  }
  return null;
}

/* null: neither JPEG nor PNG. */
export function sides(data) {
  if (data.length > 24 && data.subarray(1, 4).toString() === 'PNG')
    return { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
  return data.length > 4 && data.readUInt16BE(0) === 0xffd8 ? jpeg(data) : null;
}

/* Of what sendPhoto takes: 10,000 points in width and height together, and no side 20 times the other. */
export function fitsAsPhoto({ width, height }) {
  return width + height <= 10_000 && Math.max(width, height) <= 20 * Math.min(width, height);
}
