package org.dmuser.shim.bio;

/** A queue of bios, linked through the bios themselves, so that it allocates nothing. Not for several threads. */
public final class BioList {
    private Bio head;
    private Bio tail;

    public boolean isEmpty() {
        return head == null;
    }

    public void addLast(Bio bio) {
        bio.next(null);
        if (head == null) {
            head = bio;
        } else {
            tail.next(bio);
        }
        tail = bio;
    }

    public void addFirst(Bio bio) {
        bio.next(head);
        head = bio;
        if (tail == null) {
            tail = bio;
        }
    }

    /** Takes the first one out; null where there is none. */
    public Bio pollFirst() {
        Bio bio = head;
        if (bio != null) {
            head = bio.next();
            bio.next(null);
            if (head == null) {
                tail = null;
            }
        }
        return bio;
    }

    /** Moves all of {@code list}, in its order, before those that are here. */
    public void prepend(BioList list) {
        if (list.head == null) {
            return;
        }
        list.tail.next(head);
        head = list.head;
        if (tail == null) {
            tail = list.tail;
        }
        list.head = null;
        list.tail = null;
    }
}
