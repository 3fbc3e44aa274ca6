import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isDaemonJsonValid, mergeDaemonJson } from '../../../agent/machine/daemon-json.ts';
import { dockerDaemonJson } from '../../../shared/steps/content/docker.ts';

test.each([
  [null, true],
  ['\n', true],
  ['{}', true],
  ['[]', false],
  ['{"a":', false],
])('daemon.json %j is readable: %s', (text, valid) => expect(isDaemonJsonValid(text)).toBe(valid));

type Json = Record<string, unknown>;
const planned = (registryMirrors: string[] = [], insecureRegistries: string[] = []) =>
  dockerDaemonJson({
    runtime: { name: 'docker', registryMirrors: { 'docker.io': registryMirrors }, insecureRegistries } as never,
  });
const cgroups = ['native.cgroupdriver=systemd'];
const merge = (current: Json, needed: Json = planned()) =>
  JSON.parse(mergeDaemonJson(JSON.stringify(current), needed).content) as Json;

describe('merging', () => {
  test('keeps keys that belong to the site', () => {
    const site = {
      'data-root': '/data/docker',
      'storage-driver': 'btrfs',
      'default-runtime': 'nvidia',
      runtimes: { nvidia: { path: 'nvidia-container-runtime', runtimeArgs: [] } },
      features: { buildkit: true },
      dns: ['192.0.2.53'],
      hosts: ['unix:///var/run/docker.sock'],
      'live-restore': true,
      'default-ulimits': { nofile: { Name: 'nofile', Hard: 64000, Soft: 64000 } },
    };
    expect(merge(site)).toMatchObject(site);
  });

  test('joins lists without duplicates; the plan’s mirrors come first', () => {
    const site = {
      'registry-mirrors': ['https://site.example', 'https://both.example/'],
      'insecure-registries': ['10.0.0.9:5000', 'old:5000'],
      'exec-opts': ['native.cgroupdriver=cgroupfs', 'other=1'],
    };
    expect(merge(site, planned(['https://plan.example', 'https://both.example'], ['old:5000', 'new:5000']))).toEqual({
      'registry-mirrors': ['https://plan.example', 'https://both.example/', 'https://site.example'],
      'insecure-registries': ['10.0.0.9:5000', 'old:5000', 'new:5000'],
      'exec-opts': ['other=1', ...cgroups],
      'log-driver': 'json-file',
      'log-opts': { 'max-size': '100m', 'max-file': '3' },
    });
  });

  test('replaces the cgroup driver however docker reads it', () => {
    const site = { 'exec-opts': [' Native.CgroupDriver = cgroupfs'] };
    expect(merge(site)).toMatchObject({ 'exec-opts': cgroups });
  });

  test('leaves another log driver with its own options: case 61', () => {
    const path = new URL('../../cases/61-daemon-json-syslog/daemon.json', import.meta.url);
    const site = JSON.parse(readFileSync(path, 'utf8')) as Json;
    expect(merge(site)).toEqual({ ...site, 'exec-opts': cgroups });
  });

  test.each([
    ['fluentd', { 'fluentd-address': '192.0.2.9:24224' }],
    ['gelf', { 'gelf-address': 'udp://192.0.2.9:12201' }],
    ['awslogs', { 'awslogs-region': 'eu-west-1' }],
    ['local', { 'max-size': '10m' }],
    ['journald', undefined],
    ['none', undefined],
    ['vendor/plugin:1', { any: 'thing' }],
  ])('leaves log driver %s', (driver, options) => {
    const site = { 'log-driver': driver, ...(options === undefined ? {} : { 'log-opts': options }) };
    expect(merge(site)).toEqual({ ...site, 'exec-opts': cgroups });
  });

  test.each([
    [{ 'max-size': '10m' }, { 'max-size': '10m', 'max-file': '3' }],
    [null, { 'max-size': '100m', 'max-file': '3' }],
    [{ labels: 'a,b' }, { labels: 'a,b', 'max-size': '100m', 'max-file': '3' }],
  ])('keeps the site’s own options %j of json-file', (site, merged) => {
    expect(merge({ 'log-opts': site })).toMatchObject({ 'log-driver': 'json-file', 'log-opts': merged });
  });

  test('changes nothing when nothing differs, whatever the indentation', () => {
    const text = `${JSON.stringify({ debug: true, ...planned(['https://a']) }, null, '\t')}\n\n`;
    expect(mergeDaemonJson(text, planned(['https://a'])).content).toBe(text);
  });

  test('keeps the file’s indentation, and removes a byte order mark, which docker 20.10 rejects', () => {
    expect(mergeDaemonJson('{\n\t"debug": true\n}', planned()).content).toMatch(
      /^\{\n\t"debug": true,\n\t"exec-opts": \[/,
    );
    const content = mergeDaemonJson(`\ufeff${JSON.stringify(planned())}`, planned()).content;
    expect(content.startsWith('{')).toBe(true);
  });

  test('removes what muster added when the plan drops it, and nothing of the site', () => {
    const site = JSON.stringify({ 'registry-mirrors': ['https://site'], 'insecure-registries': ['site:5000'] });
    const first = mergeDaemonJson(site, planned(['https://old', 'https://site'], ['old:5000']));
    expect(first.added).toMatchObject({ 'registry-mirrors': ['https://old'], 'insecure-registries': ['old:5000'] });
    const second = mergeDaemonJson(first.content, planned(['https://new']), first.added);
    expect(JSON.parse(second.content)).toMatchObject({
      'registry-mirrors': ['https://new', 'https://site'],
      'insecure-registries': ['site:5000'],
    });
    const third = mergeDaemonJson(mergeDaemonJson(null, planned(['https://x'])).content, planned(), {
      'registry-mirrors': ['https://x'],
    });
    expect(JSON.parse(third.content)).not.toHaveProperty('registry-mirrors');
  });

  test('refuses a file that docker cannot parse', () => {
    expect(() => mergeDaemonJson('[]', planned())).toThrow(expect.objectContaining({ code: 'daemon-json-invalid' }));
  });
});
