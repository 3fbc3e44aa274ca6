import { type Check, unknown } from '../check.ts';
import { type FleetKnown, productUuidOf } from './known.ts';
import { judgeShared } from './sharing.ts';

export const uniqueProductUuid: Check<FleetKnown> = {
  id: 'unique-product-uuid',
  group: 'fleet',
  level: 'error',
  fixed: true,
  title: { en: 'No other host has this hardware id', zh: '硬件 UUID 在主机间唯一' },
  reason: {
    en: 'Kubernetes asks for it to be unique; some hypervisors copy it with the disk, and drivers of storage mix the machines up.',
    zh: 'Kubernetes 要求其唯一；部分虚拟化平台克隆时会一并复制，存储驱动会混淆机器。',
  },
  needed: { en: 'a product_uuid of its own', zh: '独有的 product_uuid' },
  remedy: {
    en: 'Give the virtual machine a new UUID in its hypervisor (virsh edit, VBoxManage modifyvm --hardware-uuid, VMware: answer "I copied it")',
    zh: '在虚拟化平台中为虚拟机更换 UUID（virsh edit、VBoxManage modifyvm --hardware-uuid、VMware 选择“我已复制”）',
  },
  command: '',
  judge({ member, fleet }) {
    const uuid = productUuidOf(member);
    if (uuid === null) return unknown({ en: 'it has none that says anything', zh: '没有可用的 UUID' });
    return judgeShared(uuid, member.name, fleet.productUuids);
  },
};
