/** Looks at the first bytes: a name can say anything. */
export function isPicture(bytes: ArrayBuffer): boolean {
  const head = [...new Uint8Array(bytes.slice(0, 8))];
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return png.every((b, i) => head[i] === b) || (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff);
}
