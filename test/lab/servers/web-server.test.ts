import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFileServer } from './web-server.ts';

let folder: string;
let server: ReturnType<typeof createFileServer>;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/muster-web-`);
  await mkdir(`${folder}/www/debian`, { recursive: true });
  await writeFile(`${folder}/www/debian/Packages`, 'Package: one\n');
  await writeFile(`${folder}/secret`, 'not served');
  server = createFileServer(`${folder}/www`);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

it('serves a file, and says nothing new to one who has it', async () => {
  const first = await fetch(`${url}/debian/Packages`);
  expect(await first.text()).toBe('Package: one\n');
  const headers = { 'If-Modified-Since': first.headers.get('last-modified') ?? '' };
  expect((await fetch(`${url}/debian/Packages`, { headers })).status).toBe(304);
});

it('answers 404 for folders and for what is not there', async () => {
  expect((await fetch(`${url}/debian`)).status).toBe(404);
  expect((await fetch(`${url}/nothing`)).status).toBe(404);
});

/** fetch would normalize the path. */
function statusOf(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${url}/`, { path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

it('serves nothing outside its folder', async () => {
  expect(await statusOf('/../secret')).toBe(404);
  expect(await statusOf('/..%2fsecret')).toBe(404);
  expect(await statusOf('/debian/..%2f..%2fsecret')).toBe(404);
});
