/**
 * The preact types that the server's pages need. The package's own types would declare browser globals for all Node
 * code.
 */

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
