import { h } from 'preact';
import { expect, test } from 'vitest';
import { appDocument, plainDocument } from '../../../coordinator/web/document.ts';
import { codePage, passwordRefusedPage } from '../../../coordinator/web/login.ts';

const paths = { app: '/a.js', early: '/e.js', style: '/s.css', plain: '/p.css', icon: '/i.svg' };
const hostile = `"><script>alert('x')</script>&`;

test('text and attributes are escaped', () => {
  const page = plainDocument(hostile, 'en', paths, h('p', { title: hostile }, hostile));
  expect(page).not.toContain('<script>alert');
  expect(page).toContain('<title>&quot;>&lt;script>');
  expect(page).toContain('<p title="&quot;>&lt;script>');
});

test('a login code cannot escape its attribute, and contains no control characters', () => {
  const { title, content } = codePage('en', `${hostile}\x1b[31mred\x07`);
  const page = plainDocument(title, 'en', paths, content);
  expect(page).not.toContain('<script>alert');
  expect(page).toContain('&amp;red"');
  expect(page).not.toContain('\x1b');
});

test('JSON cannot produce an object that passes for markup', () => {
  const forged = JSON.parse('{"type": "script", "props": {"dangerouslySetInnerHTML": {"__html": "<script>alert"}}}');
  expect(plainDocument('x', 'en', paths, h('p', null, forged))).not.toContain('<script>alert');
});

test('a page is a complete document in its language', () => {
  const app = appDocument('zh', 'viewer', paths);
  expect(app).toMatch(/^<!doctype html>\n<html lang="zh-Hans"><head><meta charset="utf-8"/);
  expect(app).toContain('<div id="app" data-role="viewer"></div>');
  expect(app).toContain('<script type="module" src="/a.js"></script>');
  const { title, content } = passwordRefusedPage({ language: 'en', password: true });
  const plain = plainDocument(title, 'en', paths, content);
  expect(plain).toContain('<label for="password">');
  expect(plain).toMatch(
    /<input id="password" name="password" type="password" autocomplete="current-password" required autofocus\/?>/,
  );
  expect(plain).toContain('action="/login?lang=en"');
});
