import { openStore } from "../../src/store/pglite.ts";
import { storeContract } from "./contract.ts";

storeContract("the embedded store in memory", "embedded", () => openStore("memory"));
