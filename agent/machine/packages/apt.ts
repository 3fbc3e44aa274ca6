import { packageFormats } from '../../../shared/packages/index.ts';
import type { HostView } from '../../host/host.ts';
import { output } from '../program.ts';
import { aptDatabase } from './apt/database.ts';
import { aptInstaller } from './apt/installer.ts';
import { listFolder } from './apt/refresh.ts';
import { aptRepositories } from './apt/repositories.ts';
import { withoutSources } from './apt/run-config.ts';
import { aptSources } from './apt/sources.ts';
import type { Packages } from './packages.ts';

/** Debian and Ubuntu: apt and dpkg. */
export function createApt(host: HostView): Packages {
  const mark = (verb: string, names: readonly string[]) =>
    output(host, 'apt-mark', [verb, ...names, ...withoutSources]);
  return {
    format: packageFormats.apt,
    ...aptDatabase(host),
    ...aptRepositories(host),
    ...aptSources(host),
    ...aptInstaller(host),
    async hold(names) {
      await mark('hold', names);
    },
    async release(names) {
      await mark('unhold', names);
    },
    async isHeld(name) {
      return (await host.run('apt-mark', ['showhold', name, ...withoutSources])).stdout.trim() === name;
    },
    async clean() {
      await output(host, 'apt-get', ['clean']);
      const indexes = ['-maxdepth', '1', '-type', 'f', '!', '-name', 'lock', '-delete'];
      await output(host, 'find', [listFolder, ...indexes]);
    },
  };
}
