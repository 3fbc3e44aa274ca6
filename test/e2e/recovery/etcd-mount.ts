import { on } from '../../lab/install.ts';
import { shell } from '../support/induced.ts';

const folder = '/var/lib/etcd';
const source = '/srv/etcd';

/** Gives etcd's data a mount of its own, now and at every boot. */
export async function mountEtcd(host: string): Promise<void> {
  await shell(
    host,
    `mkdir -p ${source} ${folder} && chmod 700 ${source} && echo '${source} ${folder} none bind 0 0' >>/etc/fstab &&
     mount --bind ${source} ${folder}`,
  );
}

export const unmountEtcd = (host: string) => on(host, 'umount', folder);
export const mountEtcdAgain = (host: string) => on(host, 'mount', '--bind', source, folder);
