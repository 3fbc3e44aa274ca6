import type { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createProgram } from '../../../../coordinator/cli/program.ts';
import { readLanguage } from '../../../../coordinator/cli/terminal/language.ts';
import { widthOf } from '../../../../coordinator/cli/terminal/width.ts';
import { enrolled, start, step, type TestCoordinator } from '../../support.ts';
import { type Bench, createBench } from '../muster.ts';

describe('the reader’s language', () => {
  test.each([
    [{}, 'en'],
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'zh' }, 'zh'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_GB.UTF-8' }, 'en'],
    [{ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_GB.UTF-8', LC_ALL: 'zh_TW.UTF-8' }, 'zh'],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: '' }, 'zh'],
    [{ LANG: 'zhx' }, 'en'],
  ])('for the locale %j is %s', (env, language) => {
    expect(readLanguage([], env).language).toBe(language);
  });

  test('is set by --lang, at any position, before all locales', () => {
    const env = { LC_ALL: 'en_US.UTF-8' };
    for (const args of [
      ['--lang', 'zh', 'status'],
      ['status', '--lang=zh'],
    ]) {
      expect(readLanguage(args, env)).toEqual({ language: 'zh', args: ['status'] });
    }
    expect(readLanguage(['logs', '--', '--lang'], env)).toEqual({ language: 'en', args: ['logs', '--', '--lang'] });
    expect(() => readLanguage(['--lang', 'fr'], env)).toThrow(expect.objectContaining({ code: 'language-unknown' }));
  });
});

describe('every command', () => {
  const output = { write: () => true };
  const program = (language: 'en' | 'zh') => createProgram({ stdout: output, stderr: output, env: {}, language });
  const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
  const chinese = /\p{Script=Han}/u;

  test.each(
    all(program('zh')).map((command) => [command.name(), command] as const),
  )('%s describes itself, its arguments and its options in Chinese', (_name, command) => {
    const help = command.createHelp();
    const told = [
      command.description(),
      ...help.visibleOptions(command).map((option) => help.optionDescription(option)),
      ...help.visibleArguments(command).map((argument) => help.argumentDescription(argument)),
      ...help.visibleCommands(command).map((sub) => sub.description()),
    ];
    expect(told.filter((text) => !chinese.test(text))).toEqual([]);
  });

  test('prints English for an English reader', () => {
    const told = all(program('en')).map((command) => command.helpInformation());
    expect(told.filter((text) => chinese.test(text))).toEqual([]);
  });
});

describe('with a real coordinator', () => {
  let bench: Bench;
  let coordinator: TestCoordinator;

  beforeEach(async () => {
    bench = await createBench();
    coordinator = await start();
  });
  afterEach(async () => {
    await bench.close();
    await coordinator.stop();
  });

  const chinese = (...args: string[]) => bench.muster('--lang', 'zh', ...args, '--socket', coordinator.socket);

  test('status, hosts and events are Chinese in a Chinese locale, with aligned columns', {
    timeout: 60_000,
  }, async () => {
    const agent = await enrolled(coordinator, 'node01');
    await agent.report({ steps: [step('host-name', 'applying', { startedAt: new Date().toISOString() })] });
    const status = await bench.start(['status'], { MUSTER_SOCKET: coordinator.socket, LANG: 'zh_CN.UTF-8' }).finished;
    const hosts = await chinese('hosts');
    const events = await chinese('events');
    expect(status.stdout).toContain('3 个节点中 0 个 Ready；node01 正在设置主机名');
    expect(hosts.stdout).toMatch(/^master01 +10\.77\.0\.1 +控制平面 +未接入/m);
    expect(events.stdout).toContain('已接入，来自 127.0.0.1');
    const rows = status.stdout.split('\n').filter((line) => /^(主机|master01|node0)/.test(line));
    const columns = rows.map((line) => widthOf(line.slice(0, line.search(/阶段|未接入|准备中/))));
    expect(rows).toHaveLength(4);
    expect(new Set(columns).size).toBe(1);
  });

  test('output for programs is the same in every language', async () => {
    const token = await chinese('token', 'create', '--workers');
    expect(token.stdout).toMatch(/^[\x20-\x7e]*curl -fsSk [\x20-\x7e]* sudo -E sh\n$/);
    expect(token.stderr).toContain('以下每台主机');
  });

  test('a refusal is in the reader’s language', async () => {
    const refused = await chinese('token', 'create', 'node09');
    expect(refused).toMatchObject({ code: 65, stderr: expect.stringContaining('未知的主机 node09') });
  });
});
