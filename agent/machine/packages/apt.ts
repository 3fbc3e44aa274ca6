import type { HostView } from '../../host/host.ts';
import { output } from '../program.ts';
import { aptDatabase } from './apt/database.ts';
import { aptInstaller } from './apt/installer.ts';
import { aptRepositories } from './apt/repositories.ts';
import { aptSources } from './apt/sources.ts';
import type { Packages } from './packages.ts';

/** Debian and Ubuntu: apt and dpkg. */
export function createApt(host: HostView): Packages {
  return {
    ...aptDatabase(host),
    ...aptRepositories(host),
    ...aptSources(host),
    ...aptInstaller(host),
    async hold(names) {
      await output(host, 'apt-mark', ['hold', ...names]);
    },
    async release(names) {
      await output(host, 'apt-mark', ['unhold', ...names]);
    },
    async isHeld(name) {
      return (await host.run('apt-mark', ['showhold', name])).stdout.trim() === name;
    },
    async clean() {
      await output(host, 'apt-get', ['clean']);
    },
  };
}
