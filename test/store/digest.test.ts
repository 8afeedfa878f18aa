import { openStore } from "../../src/store/pglite.ts";
import { digestContract } from "./digest-contract.ts";

digestContract("digests in the embedded store", "embedded", () => openStore("memory"));
