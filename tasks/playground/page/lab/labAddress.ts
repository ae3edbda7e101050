/** The lab's address has its settings; who goes to another address sees what it describes. */
import { fromLabHash, toLabHash, type LabSettings } from '../../lab/settings.js';

type Follower = (settings: LabSettings) => void;

export class LabAddress {
  readonly #complain: (what: string | null) => void;
  readonly #followers: Follower[] = [];
  #settings: LabSettings;

  /** @param complain called with what cannot be used; null: all can */
  constructor(complain: (what: string | null) => void) {
    this.#complain = complain;
    this.#settings = this.#read();
    addEventListener('hashchange', () => {
      this.#settings = this.#read();
      for (const follow of this.#followers) follow(this.#settings);
    });
  }

  /** @param follower called with the settings, now and when the address is another */
  follow(follower: Follower): void {
    this.#followers.push(follower);
    follower(this.#settings);
  }

  /** The visitor has chosen: no step in the history. @returns all settings */
  change(changed: Partial<LabSettings>): LabSettings {
    this.#settings = { ...this.#settings, ...changed };
    history.replaceState(null, '', `#${toLabHash(this.#settings)}`);
    return this.#settings;
  }

  #read(): LabSettings {
    const { settings, complaints } = fromLabHash(location.hash);
    this.#complain(complaints.join(' ') || null);
    return settings;
  }
}
