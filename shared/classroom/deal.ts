/**
 * Who comes to which slot, at the least cost in all; `kinds` says what each slot is. Begun with the order
 * given and improved by moves along the cheapest circle of kinds until there is none: with four kinds there
 * are few circles, and when none of them saves anything, nothing does.
 */
export function deal<Who, Kind>(
  begun: readonly Who[],
  kinds: readonly Kind[],
  cost: (who: Who, kind: Kind) => number,
): readonly Who[] {
  const dealt = [...begun];
  const all = [...new Set(kinds)];
  const circles = all.flatMap((first, i) => circlesFrom([first], all.slice(i + 1)));
  /** Who of one kind's slots gives most, or costs least, when moved to another. */
  const cheapest = (from: Kind, to: Kind): { readonly slot: number; readonly costs: number } => {
    let best = { slot: -1, costs: Infinity };
    dealt.forEach((who, slot) => {
      if (kinds[slot] !== from) return;
      const costs = cost(who, to) - cost(who, from);
      if (costs < best.costs) best = { slot, costs };
    });
    return best;
  };
  for (let improved = true; improved;) {
    improved = false;
    for (const circle of circles) {
      const moves = circle.map((kind, i) => cheapest(kind, circle[(i + 1) % circle.length] ?? kind));
      // What chance rounding makes of nothing is nothing.
      if (moves.reduce((sum, { costs }) => sum + costs, 0) > -1e-9) continue;
      const movers = moves.map(({ slot }) => dealt[slot] as Who);
      movers.forEach((who, i) => {
        dealt[moves[(i + 1) % moves.length]?.slot ?? -1] = who;
      });
      improved = true;
    }
  }
  return dealt;
}

/** Every circle of two or more kinds that starts with these. */
function circlesFrom<Kind>(path: readonly Kind[], rest: readonly Kind[]): Kind[][] {
  return rest.flatMap((kind) => {
    const longer = [...path, kind];
    return [longer, ...circlesFrom(longer, rest.filter((one) => one !== kind))]; // prettier-ignore
  });
}
