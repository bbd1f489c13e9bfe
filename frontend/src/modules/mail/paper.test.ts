// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { disguise, paper } from './paper';

const body = (html: string) => /<div id="mail">(.*)<\/div><\/body>/s.exec(paper(html).page)?.[1];

describe('paper', () => {
  it.each([
    ['<p>a<script>x()</script></p>', '<p>a</p>'],
    ['<p onclick="x()" id="root" class="c">a</p>', '<p>a</p>'],
    ['<form action="https://x"><input></form>b', 'b'],
    ['<meta http-equiv="refresh" content="0;url=https://x">a', 'a'],
    ['<style>p{}</style>a', 'a'],
    ['<svg><a href="https://x">t</a></svg>', ''],
    ['<p style="position: fixed; top: 0">a</p>', '<p>a</p>'],
    ['<p style="background-image: url(https://x)">a</p>', '<p>a</p>'],
    ['<p style="color: red">a</p>', '<p style="color: red">a</p>'],
    ['<img src="https://x.example/p.gif" alt="p">', '<span data-held="">p</span>'],
    ['<img srcset="https://x.example/p.gif 2x">', ''],
    ['<img src="data:image/svg+xml;base64,aGk=">', ''],
    ['<img src="data:image/png;base64,aGk=">', '<img src="data:image/png;base64,aGk=">'],
    ['<a href="javascript:x()">a</a>', '<a>a</a>'],
    ['<iframe srcdoc="x"></iframe>a', 'a'],
  ])('%s', (html, want) => expect(body(html)).toBe(want));

  it('takes the links out and keeps their targets', () => {
    const made = paper('<a href="https://a.example/" target="_blank">a</a><a href="mailto:b@b.example">b</a>');
    expect(made.links).toEqual(['https://a.example/', 'mailto:b@b.example']);
    expect(made.page).not.toContain('a.example');
  });

  it('lets no network in', () => expect(paper('').page).toContain("default-src 'none'; img-src data:"));
});

describe('disguise', () => {
  it.each([
    ['https://bank.example/login', 'https://evil.example/', 'bank.example→evil.example'],
    ['www.bank.example', 'https://bank.example/x', undefined],
    ['bank.example', 'https://login.bank.example/', undefined],
    ['bank.example', 'https://bank.example.evil.example/', 'bank.example→bank.example.evil.example'],
    ['Our offer', 'https://evil.example/', undefined],
    ['offer.pdf', 'https://files.example/', undefined],
    ['bank.example', 'mailto:a@b.example', undefined],
  ])('%s to %s', (text, target, want) => {
    const found = disguise(text, target);
    expect(found && `${found.shown}→${found.real}`).toBe(want);
  });
});
