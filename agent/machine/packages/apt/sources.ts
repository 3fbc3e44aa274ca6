import type { HostView } from '../../../host/host.ts';
import type { Packages } from '../packages.ts';
import { publicKeys } from '../pgp.ts';
import { armoured } from '../pgp-armour.ts';
import { cdromSources, unreadableSources, withoutRepeats } from './broken-sources.ts';
import { entriesOf, repositoryOf } from './entries.ts';
import { recordedFailed } from './failed-sources.ts';
import { isOwn, sourceFiles } from './source-files.ts';
import { withoutRepository } from './without.ts';

type Sources = Pick<Packages, 'keyText' | 'keyEnd' | 'otherSources' | 'kubernetesSources' | 'brokenSources'>;

/** Files that name repositories, in both of apt's formats: `deb` lines, and stanzas in `.sources` files. */
export function aptSources(host: HostView): Sources {
  const others = async () => (await sourceFiles(host)).filter(({ path }) => !isOwn(path));

  return {
    keyText: armoured,
    keyEnd(key) {
      const ends = publicKeys(key).map(({ expires }) => expires);
      return ends.length === 0 || ends.includes(null) ? null : Math.max(...ends.map(Number));
    },
    async otherSources({ url, suite }) {
      const repository = repositoryOf(url, suite);
      return (await others()).flatMap(({ path, text }) => {
        const without = withoutRepository(path, text, repository);
        return without === text ? [] : [{ path, without }];
      });
    },
    async kubernetesSources() {
      const isKubernetes = (uri: string) => /kubernetes|pkgs\.k8s\.io/i.test(uri);
      return (await others()).flatMap(({ path, text }) =>
        entriesOf(path, text)
          .filter(({ uris, suites }) => [...uris, ...suites].some(isKubernetes))
          .map(({ first, last }) => ({ path, first, last })),
      );
    },
    async brokenSources() {
      const files = await sourceFiles(host);
      const [unreadable, failed] = await Promise.all([unreadableSources(host, files), recordedFailed(host, files)]);
      return withoutRepeats([...cdromSources(files), ...(unreadable?.broken ?? []), ...failed]);
    },
  };
}
