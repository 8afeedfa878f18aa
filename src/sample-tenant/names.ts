const GIVEN = (
  "Adele Aiko Alina Amara Amir Anders Anika Arjun Astrid Beatriz Bianca Bogdan Camille Carlos Chloe Daniel Davina " +
  "Diego Dmitri Elena Elif Emeka Emil Farah Felix Fiona Gabriel Grace Hana Hassan Ines Ingrid Isaac Ivana Jamal " +
  "Joana Jonah Kaito Katrin Kwame Laila Lars Leila Liam Lucia Magnus Maria Mateo Mei Milan Nadia Naveen Nora Olga " +
  "Omar Paula Pavel Quinn Rahul Rosa Samir Sofia Stefan Tara Theo Uma Valentin Vera Wei Yara Yusuf Zoe"
).split(" ");

const FAMILY = (
  "Abara Ahmadi Almeida Andersson Araujo Bakker Bauer Becker Bianchi Blanc Bondarenko Brandt Campbell Castillo " +
  "Chaudhry Chen Costa Dahl Dang Delgado Dubois Eklund Eriksen Farkas Fernandes Fischer Fontaine Fujita Galli " +
  "Garcia Gomes Haddad Hansen Hartmann Hayes Herrera Hoang Horvat Ibrahim Ito Jansen Jovanovic Kamau Kaur Keller " +
  "Khan Klein Kovacs Kumar Larsen Laurent Lindqvist Lopez Mancini Marino Mbeki Mehta Meyer Molina Moreau Murphy " +
  "Nakamura Ndiaye Neumann Nguyen Novak Nowak Okafor Olsson Osei Park Patel Petrov Pham Popescu Ramos Rao Reyes " +
  "Ricci Romano Rossi Sandoval Sato Schmid Schulz Silva Singh Soto Suzuki Tanaka Torres Tran Vargas Virtanen " +
  "Vogel Wagner Walsh Weiss Wright Yamada Yilmaz Zhang Ziegler"
).split(" ");

const COMBINATIONS = GIVEN.length * FAMILY.length;
/** Coprime to the number of combinations, so that each block of indices meets every combination once. */
const STEP = 4_513;

export interface PersonName {
  readonly displayName: string;
  /** Unique: people of the same name carry a number, as in a real company. */
  readonly alias: string;
}

export function nameOf(seed: number, index: number): PersonName {
  const combination = (index * STEP + (seed % COMBINATIONS)) % COMBINATIONS;
  const given = GIVEN[combination % GIVEN.length] ?? "";
  const family = FAMILY[Math.floor(combination / GIVEN.length)] ?? "";
  const namesake = Math.floor(index / COMBINATIONS);
  const alias = `${given}.${family}`.toLowerCase();
  return { displayName: `${given} ${family}`, alias: namesake === 0 ? alias : `${alias}${namesake + 1}` };
}
