/**
 * The same function of a text, which keeps what it gave for up to `most` texts. For pure functions alone whose results
 * nobody changes: what `Intl` makes of a language or a time zone takes longer than all figures of a card that it writes.
 */
export function remembered<Value>(make: (text: string) => Value, most = 500): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) {
      return before;
    }
    const made = make(text);
    if (known.size >= most) {
      // Texts that clients send in endless variety must not fill the memory.
      known.clear();
    }
    known.set(text, made);
    return made;
  };
}
