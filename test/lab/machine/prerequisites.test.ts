import { expect, it } from 'vitest';
import { refuseSystem } from './prerequisites.ts';

it('takes Debian 12 and refuses anything else by its name', () => {
  expect(() =>
    refuseSystem('ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n'),
  ).not.toThrow();
  expect(() => refuseSystem('PRETTY_NAME="Ubuntu 24.04 LTS"\nID=ubuntu\nVERSION_ID="24.04"\n')).toThrow('Ubuntu 24.04');
  expect(() => refuseSystem('PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\nVERSION_ID="13"\n')).toThrow('13');
});
