/**
 * What belongs to each combination of three names, made when the combination is asked for the first time. Maps within
 * maps: to join the names to a key, for each of a million events, takes longer than all the rest of their counting.
 */
export function createByNames<Value>(
  create: (one: string, two: string, three: string) => Value,
): (one: string, two: string, three: string) => Value {
  const values = new Map<string, Map<string, Map<string, Value>>>();
  return (one, two, three) => {
    const ofOne = entered(values, one, () => new Map<string, Map<string, Value>>());
    const ofTwo = entered(ofOne, two, () => new Map<string, Value>());
    return entered(ofTwo, three, () => create(one, two, three));
  };
}

function entered<Value>(map: Map<string, Value>, name: string, create: () => Value): Value {
  const found = map.get(name);
  if (found !== undefined) {
    return found;
  }
  const created = create();
  map.set(name, created);
  return created;
}
