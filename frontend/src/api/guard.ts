/**
 * A Blob, File or FormData with a file as a request body ends the window's process (WebKitGTK, Wails #6068).
 * Our client sends strings and ArrayBuffers only; this guard turns a slip, ours or a library's, into an ArrayBuffer.
 */
export async function plainBody(body: unknown): Promise<{ body: BodyInit | null | undefined; type?: string }> {
  if (typeof Blob !== 'undefined' && body instanceof Blob) {
    return { body: await body.arrayBuffer(), type: body.type || 'application/octet-stream' };
  }
  if (typeof FormData !== 'undefined' && body instanceof FormData) {
    const packed = new Response(body);
    return { body: await packed.arrayBuffer(), type: packed.headers.get('Content-Type') ?? undefined };
  }
  return { body: body as BodyInit | null | undefined };
}

export function guardFetch(): void {
  const plain = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    if (!init?.body || typeof init.body === 'string' || init.body instanceof ArrayBuffer) return plain(input, init);
    const { body, type } = await plainBody(init.body);
    const headers = new Headers(init.headers);
    if (type && !headers.has('Content-Type')) headers.set('Content-Type', type);
    return plain(input, { ...init, body, headers });
  };
}
