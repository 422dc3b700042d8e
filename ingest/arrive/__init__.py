"""How documents arrive: as files, folders and ZIPs, by address, and what they are."""
