import type { Facts } from '../../shared/protocol/facts.ts';
import type { HostView } from '../host/host.ts';
import { confFiles } from '../machine/conf-files.ts';
import { partsAt } from '../machine/unit-command.ts';

type Flag = NonNullable<Facts['software']['kubeletFlags']>[number];

const environmentFiles = ['/etc/default/kubelet', '/etc/sysconfig/kubelet'];
const dropIns = '/etc/systemd/system/kubelet.service.d';
/** Written by kubeadm's packages and by muster. */
const ofOthers = /\/(10-kubeadm|\d+-muster[\w-]*)\.conf$/;

/** Command-line flags that the site gives to the kubelet, in the files that its unit reads. */
export async function siteKubeletFlags(host: Pick<HostView, 'readFile' | 'list'>): Promise<Flag[]> {
  const ofSite = (await confFiles(host, [dropIns])).filter((path) => !ofOthers.test(path));
  const parts = await partsAt(host, [...environmentFiles, ...ofSite]);
  return parts
    .flatMap(({ path, text }) => flagsIn(text).map((flag) => ({ ...flag, path: path.slice(0, 256) })))
    .slice(0, 64);
}

function flagsIn(text: string): Omit<Flag, 'path'>[] {
  return [...text.matchAll(/(?:^|[\s"'=])--([a-z][a-z0-9_-]*)(?:[= ]["']?([^\s"'-][^\s"']*))?/gm)].map(
    ([, name = '', value = '']) => ({ name: name.replaceAll('_', '-').slice(0, 256), value: value.slice(0, 256) }),
  );
}
