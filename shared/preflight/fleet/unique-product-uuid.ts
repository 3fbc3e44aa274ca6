import { type Check, unknown } from '../check.ts';
import { type FleetKnown, productUuidOf } from './known.ts';
import { judgeShared } from './sharing.ts';

export const uniqueProductUuid: Check<FleetKnown> = {
  id: 'unique-product-uuid',
  group: 'fleet',
  level: 'error',
  depends: { en: 'Warning on the host that had the value first.', zh: '最先使用该值的主机为警告。' },
  fixed: true,
  title: { en: 'Product UUID is unique', zh: 'product_uuid 唯一' },
  reason: {
    en: 'Kubernetes requires it to be unique; some hypervisors copy it with the disk, and storage drivers confuse the machines.',
    zh: 'Kubernetes 要求其唯一；某些虚拟化平台会将其随磁盘一并复制，存储驱动会混淆这些机器。',
  },
  needed: { en: 'a unique product_uuid', zh: '唯一的 product_uuid' },
  remedy: {
    en: 'Give the VM a new UUID in the hypervisor (virsh edit, VBoxManage modifyvm --hardware-uuid, VMware: answer "I copied it")',
    zh: '在虚拟化平台中为虚拟机设置新的 UUID（virsh edit、VBoxManage modifyvm --hardware-uuid、VMware 选择“我已复制”）',
  },
  command: '',
  judge({ member, fleet }) {
    const uuid = productUuidOf(member);
    if (uuid === null) return unknown({ en: 'no usable product UUID', zh: '没有可用的 product_uuid' });
    return judgeShared(uuid, member.name, fleet.productUuids);
  },
};
