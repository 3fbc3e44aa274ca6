import { bootHost, killHost } from '../../lab/hosts.ts';
import { shell, write } from '../support/induced.ts';

/** What an image for clouds has: the data lies on its disk, and the lab's network is none of cloud-init's business. */
const settings = 'datasource_list: [NoCloud]\nnetwork: {config: disabled}\npreserve_hostname: true\n';
const seed = '/var/lib/cloud/seed/nocloud';

/** Boots a bare host as a new VM of an image for clouds, with this user data: Debian's own cloud-init does the rest. */
export async function bootWithUserData(host: string, userData: string): Promise<void> {
  const install = 'DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends cloud-init';
  await shell(host, `apt-get update -qq && ${install} && mkdir -p ${seed}`);
  await write(host, '/etc/cloud/cloud.cfg.d/99-lab.cfg', settings);
  await write(host, `${seed}/user-data`, userData);
  await write(host, `${seed}/meta-data`, `instance-id: ${host}-again\n`);
  await killHost(host);
  await bootHost(host);
}
