/** A binary heap: the item with the smallest key first. */
export class Heap<T> {
  readonly #items: { readonly key: number; readonly item: T }[] = [];

  get first(): { readonly key: number; readonly item: T } | undefined {
    return this.#items[0];
  }

  get size(): number {
    return this.#items.length;
  }

  add(key: number, item: T): void {
    const items = this.#items;
    const added = { key, item };
    let at = items.length;
    items.push(added);
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = items[parentAt];
      if (!parent || parent.key <= key) break;
      items[at] = parent;
      at = parentAt;
    }
    items[at] = added;
  }

  takeFirst(): T | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (!first || !last || first === last) return first?.item;
    let at = 0;
    for (;;) {
      let childAt = 2 * at + 1;
      let child = items[childAt];
      if (!child) break;
      const right = items[childAt + 1];
      if (right && right.key < child.key) {
        child = right;
        childAt += 1;
      }
      if (child.key >= last.key) break;
      items[at] = child;
      at = childAt;
    }
    items[at] = last;
    return first.item;
  }
}
