import { defineStep } from './definition.ts';

export const images = defineStep({
  id: 'images',
  title: { en: 'Pull the images of this node', zh: '拉取此节点所需的镜像' },
  activity: { en: 'pulling images', zh: '拉取镜像' },
  bootstrap: 'all',
  part: 'images',
  installs: true,
});
