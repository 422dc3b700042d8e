"""Quality as a number: question sets, figures, the gate before a change goes public."""
