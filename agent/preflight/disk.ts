import { type Check, error, inGiB, ok, unknown, warning } from './check.ts';

const gibibyte = 1024 ** 3;
/** A node's packages and images take about 2 GiB: with less, the installation itself breaks off half-way. */
const least = 2 * gibibyte;
/** The kubelet starts to delete images and evict pods when the disk is nearly full: 10 GiB leave room to work. */
const advised = 10 * gibibyte;

export const disk: Check = {
  id: 'disk',
  title: 'Enough free disk space',
  judge({ facts, owns }) {
    const needed = `${inGiB(advised)} free below /var/lib, ${inGiB(least)} at the very least`;
    const remedy = 'See what takes the space: sudo du -xh --max-depth=3 /var | sort -h | tail; or make the disk larger';
    // The longest mount above /var/lib holds the images.
    const holder = facts.disks
      .filter(({ mount }) => mount === '/' || '/var/lib'.startsWith(mount))
      .sort((a, b) => b.mount.length - a.mount.length)[0];
    if (holder === undefined) return unknown({ seen: 'the file system of /var/lib could not be read', needed, remedy });
    const seen = `${inGiB(holder.freeBytes)} free on ${holder.mount}`;
    if (holder.freeBytes >= advised) return ok({ seen, needed });
    // A node that stands has its packages and images already.
    return holder.freeBytes >= least || owns ? warning({ seen, needed, remedy }) : error({ seen, needed, remedy });
  },
};
