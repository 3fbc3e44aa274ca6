/** The types of preact that the server's pages need: the package's own would declare a browser's globals for all of Node's code. */

export interface VNode<P = object> {
  type: unknown;
  props: P;
}
export type ComponentChild = VNode | string | number | boolean | null | undefined;
export type ComponentChildren = ComponentChild | readonly ComponentChild[];

export declare function Fragment(props: { children?: ComponentChildren }): ComponentChild;
export declare function h(
  type: string | typeof Fragment,
  attributes: Readonly<Record<string, string | number | boolean>> | null,
  ...children: ComponentChildren[]
): VNode;
