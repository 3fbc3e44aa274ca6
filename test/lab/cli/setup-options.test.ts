import { Command } from 'commander';
import { expect, it } from 'vitest';
import { flagsFor, type SetupFlags, setupFrom } from './setup-options.ts';

/** The setups that a command line asks for, by host. */
function asked(...words: string[]) {
  const command = new Command('up').exitOverride().configureOutput({ writeErr: () => undefined });
  for (const option of flagsFor()) command.addOption(option);
  command.parse(words, { from: 'user' });
  return setupFrom(command.opts<SetupFlags>());
}

it('takes one value for all hosts', () => {
  expect(asked('--os', 'debian-13')?.('node01')).toMatchObject({ system: 'debian-13', firewall: null, dirty: false });
});

it('takes a value for each host; the others are plain', () => {
  const setup = asked('--os', 'node01=debian-11,node02=debian-13', '--firewall', 'node02=ufw', '--dirty', 'node01');
  expect(setup?.('master01')).toMatchObject({ system: 'debian-12', firewall: null, dirty: false });
  expect(setup?.('node01')).toMatchObject({ system: 'debian-11', firewall: null, dirty: true });
  expect(setup?.('node02')).toMatchObject({ system: 'debian-13', firewall: 'ufw', dirty: false });
});

it('offers packages of Debian unstable on Debian 13 only', () => {
  const setup = asked('--newest-runtime', 'node01');
  expect(setup?.('node01')).toMatchObject({ system: 'debian-13', newestRuntime: true });
  expect(setup?.('node02')).toMatchObject({ system: 'debian-12', newestRuntime: false });
});

it('requests nothing by default, so that hosts are not changed', () => {
  expect(asked()).toBeUndefined();
});

it('refuses unknown systems and hosts', () => {
  expect(() => asked('--os', 'debian-10')).toThrow('debian-11');
  expect(() => asked('--os', 'web01=debian-12')).toThrow('web01');
  expect(() => asked('--dirty', 'web01')).toThrow('web01');
});
