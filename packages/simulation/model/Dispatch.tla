------------------------------ MODULE Dispatch ------------------------------
(* Page-claim protocol: the ledger page item is claim, intent, fence and result in one.
   Workers are woken by Kafka records (lost, duplicated, redelivered); a run supervisor
   republishes; a later cancel seals pages and reaches exactly those who may have been told.
   Time is abstract: a page may be taken over only when its owner crashed, is paused, or is
   past its hold; a worker past its hold never starts a send (but one send that was checked
   just before a pause may still leave). LeaseTiming.tla justifies that abstraction.       *)
EXTENDS Naturals, FiniteSets, TLC
CONSTANTS Workers, Pages, Endpoints, None,
          MaxCrash, MaxPause, MaxLoss, MaxDup,
          Resend,      \* policy: unknown is re-sent once (early warning) or never
          WithCancel,  \* TRUE: a cancel may be asked at any time
          Mut          \* planted bug, "none" for the protocol itself
VARIABLES page, worker, accepts, resends, wakeUps, crashes, pauses, losses, dups, late, cancel, cancelled, cancelSent, after, closed
vars == <<page, worker, accepts, resends, wakeUps, crashes, pauses, losses, dups, late, cancel, cancelled, cancelSent, after, closed>>
ghost == <<accepts, resends, late, after>>
net == <<wakeUps, losses, dups>>
flt == <<crashes, pauses>>
cnl == <<cancel, cancelled, cancelSent>>

AllOpen == [e \in Endpoints |-> "open"]
Idle == [doing |-> "idle", p |-> None, epoch |-> 0, entries |-> AllOpen, starting |-> None, running |-> TRUE, holdLost |-> FALSE]
Init == /\ page = [p \in Pages |-> [state |-> "absent", epoch |-> 0, owner |-> None, resent |-> FALSE, outcomes |-> AllOpen]]
        /\ worker = [k \in Workers |-> Idle]
        /\ accepts = [p \in Pages |-> [e \in Endpoints |-> 0]]
        /\ resends = [p \in Pages |-> [e \in Endpoints |-> 0]]
        /\ wakeUps = 1 /\ crashes = 0 /\ pauses = 0 /\ losses = 0 /\ dups = 0 /\ late = 0 /\ after = 0
        /\ cancel = "no" /\ cancelled = [p \in Pages |-> FALSE] /\ cancelSent = [p \in Pages |-> [e \in Endpoints |-> FALSE]]
        /\ closed = FALSE
Final(p) == page[p].state \in {"settled", "void"}
OnPage(k, p) == worker[k].doing = "send" /\ worker[k].p = p /\ worker[k].epoch = page[p].epoch
\* what observe-then-wait guarantees: the owner is gone, paused or past its hold
Expired(p) == LET o == page[p].owner IN
   IF Mut = "takeover-no-wait" \/ o = None THEN TRUE ELSE ~worker[o].running \/ worker[o].holdLost \/ ~OnPage(o, p)

Wake(k) == /\ worker[k].running /\ worker[k].doing = "idle" /\ wakeUps > 0 /\ ~closed
           /\ \/ wakeUps' = wakeUps - 1 /\ dups' = dups
              \/ wakeUps' = wakeUps /\ dups < MaxDup /\ dups' = dups + 1
           /\ worker' = [worker EXCEPT ![k].doing = "find"]
           /\ UNCHANGED <<page, ghost, flt, losses, cnl, closed>>
\* read the page items (may be stale by the time of the claim) and the run's stop flag
FindPage(k) == /\ worker[k].running /\ worker[k].doing = "find"
               /\ \/ \E p \in Pages :
                       /\ cancel = "no"
                       /\ \/ page[p].state \in {"absent", "handedBack"}
                          \/ page[p].state = "inFlight" /\ (Mut = "owner-is-name" => page[p].owner # k) /\ Expired(p)
                       /\ worker' = [worker EXCEPT ![k].doing = IF Mut = "send-before-claim" /\ page[p].state = "absent" THEN "send" ELSE "claim",
                                                   ![k].p = p, ![k].epoch = page[p].epoch,
                                                   ![k].entries = AllOpen]
                  \/ /\ \/ cancel # "no"
                        \/ \A p \in Pages : ~(page[p].state \in {"absent", "handedBack"}) /\ ~(page[p].state = "inFlight" /\ (Mut = "owner-is-name" => page[p].owner # k) /\ Expired(p))
                     /\ worker' = [worker EXCEPT ![k] = Idle]
               /\ UNCHANGED <<page, ghost, net, flt, cnl, closed>>
ReclaimedEntries(c) == [e \in Endpoints |-> IF c[e] = "notTried" THEN "open" ELSE c[e]]
Unresolved(p) == {e \in Endpoints : page[p].outcomes[e] \in {"open", "notTried"}}
ClaimPage(k) == LET p == worker[k].p  same == page[p].epoch = worker[k].epoch IN
   /\ worker[k].running /\ worker[k].doing = "claim"
   /\ CASE (same \/ Mut = "blind-claim") /\ page[p].state \in (IF Mut = "blind-claim" THEN {"absent", "handedBack", "inFlight"} ELSE {"absent", "handedBack"}) ->
             /\ page' = [page EXCEPT ![p].state = "inFlight", ![p].epoch = @ + 1, ![p].owner = k, ![p].outcomes = ReclaimedEntries(@)]
             /\ worker' = [worker EXCEPT ![k].doing = "send", ![k].epoch = page[p].epoch + 1, ![k].entries = ReclaimedEntries(page[p].outcomes), ![k].holdLost = FALSE]
             /\ UNCHANGED resends
             [] same /\ page[p].state = "inFlight" /\ Expired(p) /\ (Mut = "resend-forever" \/ (Resend /\ ~page[p].resent)) -> \* takeover, resend once
             /\ page' = [page EXCEPT ![p].epoch = @ + 1, ![p].owner = k, ![p].resent = TRUE]
             /\ worker' = [worker EXCEPT ![k].doing = "send", ![k].epoch = page[p].epoch + 1, ![k].entries = page[p].outcomes, ![k].holdLost = FALSE]
             /\ resends' = [resends EXCEPT ![p] = [e \in Endpoints |-> IF e \in Unresolved(p) /\ Mut # "resend-forever" THEN @[e] + 1 ELSE
                                                                 IF e \in Unresolved(p) /\ @[e] = 0 THEN 1 ELSE @[e]]]
             [] same /\ page[p].state = "inFlight" /\ Expired(p) /\ ~(Mut = "resend-forever" \/ (Resend /\ ~page[p].resent)) -> \* takeover, unknown
             /\ page' = [page EXCEPT ![p].epoch = @ + 1, ![p].owner = k,
                                     ![p].state = IF Mut = "takeover-as-unsent" THEN "handedBack" ELSE "settled",
                                     ![p].outcomes = [e \in Endpoints |-> IF @[e] = "open" THEN (IF Mut = "takeover-as-unsent" THEN "notTried" ELSE "unknown") ELSE @[e]]]
             /\ worker' = [worker EXCEPT ![k].doing = "find", ![k].p = None, ![k].epoch = 0]
             /\ UNCHANGED resends
             [] OTHER -> /\ worker' = [worker EXCEPT ![k].doing = "find", ![k].p = None, ![k].epoch = 0] /\ UNCHANGED <<page, resends>>
   /\ UNCHANGED <<accepts, late, after, net, flt, cnl, closed>>
\* the hold check, then the socket write: a pause may fall between the two
MayStart(k) == /\ worker[k].running /\ worker[k].doing = "send" /\ worker[k].starting = None
               /\ (~worker[k].holdLost \/ Mut = "no-hold-check")
               /\ \E e \in Endpoints : worker[k].entries[e] = "open" /\ worker' = [worker EXCEPT ![k].starting = e]
               /\ UNCHANGED <<page, ghost, net, flt, cnl, closed>>
Send(k) == LET p == worker[k].p  e == worker[k].starting IN
   /\ worker[k].running /\ worker[k].doing = "send" /\ e # None
   /\ \E r \in {"accepted", "rejected"} :
        /\ worker' = [worker EXCEPT ![k].entries[e] = r, ![k].starting = None]
        /\ accepts' = IF r = "accepted" THEN [accepts EXCEPT ![p][e] = @ + 1] ELSE accepts
   /\ late' = IF page[p].epoch # worker[k].epoch /\ Mut # "send-before-claim" THEN late + 1 ELSE late
   /\ after' = IF cancelled[p] THEN after + 1 ELSE after
   /\ UNCHANGED <<page, resends, net, flt, cnl, closed>>
\* one conditional write: outcomes, and what is left is handed back ("notTried"); after an earlier unknown
\* neither "rejected" nor "not tried" is known to be the truth: it stays unknown
SettledOutcomes(k, p) == [e \in Endpoints |-> CASE worker[k].entries[e] = "open" -> IF page[p].resent THEN "unknown" ELSE "notTried"
                                 [] worker[k].entries[e] = "rejected" -> IF page[p].resent /\ page[p].outcomes[e] = "open" /\ Mut # "resend-reject-is-failed" THEN "unknown" ELSE "rejected"
                                 [] OTHER -> worker[k].entries[e]]
SettlePage(k) == LET p == worker[k].p  o == SettledOutcomes(k, p)
                     mine == page[p].epoch = worker[k].epoch /\ page[p].owner = k /\ page[p].state = "inFlight" IN
   /\ worker[k].running /\ worker[k].doing = "send" /\ worker[k].starting = None
   /\ \/ \A e \in Endpoints : worker[k].entries[e] # "open"
      \/ worker[k].holdLost
      \/ \E e \in Endpoints : page[p].outcomes[e] = "open" /\ worker[k].entries[e] # "open"     \* deadline or cancel seen: stop cleanly after some progress
   /\ page' = IF mine \/ Mut = "settle-no-epoch" \/ (Mut = "send-before-claim" /\ page[p].state = "absent")
              THEN [page EXCEPT ![p].state = IF \E e \in Endpoints : o[e] = "notTried" THEN "handedBack" ELSE "settled", ![p].outcomes = o,
                                ![p].owner = k, ![p].epoch = IF @ = 0 THEN 1 ELSE @]
              ELSE IF page[p].state = "settled" /\ (~page[p].resent \/ Mut = "late-truth-after-resend") /\ page[p].epoch = worker[k].epoch + 1 /\ page[p].owner # k  \* late evidence
              THEN [page EXCEPT ![p].outcomes = [e \in Endpoints |-> IF @[e] = "unknown" /\ worker[k].entries[e] \in {"accepted", "rejected"} THEN worker[k].entries[e] ELSE @[e]]]
              ELSE page
   /\ worker' = [worker EXCEPT ![k] = [Idle EXCEPT !.doing = "find"]]
   /\ UNCHANGED <<ghost, net, flt, cnl, closed>>
\* planted: outcome written before the send
SettleFirst(k) == LET p == worker[k].p IN
   /\ Mut = "settle-before-send" /\ worker[k].running /\ worker[k].doing = "send" /\ page[p].state = "inFlight" /\ page[p].epoch = worker[k].epoch
   /\ page' = [page EXCEPT ![p].state = "settled", ![p].outcomes = [e \in Endpoints |-> "accepted"]]
   /\ UNCHANGED <<worker, ghost, net, flt, cnl, closed>>
Crash(k) == /\ crashes < MaxCrash /\ crashes' = crashes + 1 /\ worker[k].doing # "idle"
            /\ worker' = [worker EXCEPT ![k] = Idle]
            /\ wakeUps' \in {wakeUps, 1}                  \* the record comes again, or not
            /\ UNCHANGED <<page, ghost, pauses, losses, dups, cnl, closed>>
Pause(k) == /\ pauses < MaxPause /\ pauses' = pauses + 1 /\ worker[k].running /\ worker[k].doing \in {"claim", "send"}
            /\ worker' = [worker EXCEPT ![k].running = FALSE] /\ UNCHANGED <<page, ghost, net, crashes, cnl, closed>>
Resume(k) == /\ ~worker[k].running
             /\ \E b \in BOOLEAN : /\ (worker[k].doing = "send" /\ ~OnPage(k, worker[k].p)) => b   \* taken over implies past its hold
                                   /\ worker' = [worker EXCEPT ![k].running = TRUE, ![k].holdLost = b]
             /\ UNCHANGED <<page, ghost, net, flt, cnl, closed>>
Lose == /\ wakeUps > 0 /\ losses < MaxLoss /\ losses' = losses + 1 /\ wakeUps' = wakeUps - 1
        /\ UNCHANGED <<page, worker, ghost, dups, flt, cnl, closed>>
SuperviseRun == /\ Mut # "no-supervisor" /\ ~closed /\ cancel = "no" /\ wakeUps = 0 /\ (\E p \in Pages : ~Final(p)) /\ wakeUps' = 1
                /\ (\E k \in Workers : worker[k].running /\ worker[k].doing = "idle")
                /\ UNCHANGED <<page, worker, ghost, losses, dups, flt, cnl, closed>>
CloseIfComplete == /\ ~closed /\ \A p \in Pages : Final(p) \/ (Mut = "close-on-claimed" /\ page[p].state = "inFlight")
                   /\ closed' = TRUE /\ UNCHANGED <<page, worker, ghost, net, flt, cnl>>
AskCancel == /\ WithCancel /\ cancel = "no" /\ cancel' = "asked" /\ UNCHANGED <<page, worker, ghost, net, flt, cancelled, cancelSent, closed>>
\* the cancel's worker on page p: seal what nobody holds; take over what expired; wait for what is in flight
SealEarlier(p) == /\ cancel = "asked" /\ Mut # "cancel-no-seal"
                  /\ \/ page[p].state = "absent" /\ page' = [page EXCEPT ![p].state = "void"]
                     \/ page[p].state = "handedBack" /\ page' = [page EXCEPT ![p].state = "settled", ![p].outcomes = [e \in Endpoints |-> IF @[e] = "notTried" THEN "superseded" ELSE @[e]]]
                     \/ page[p].state = "inFlight" /\ Expired(p)
                        /\ page' = [page EXCEPT ![p].state = "settled", ![p].epoch = @ + 1, ![p].owner = None,
                                                ![p].outcomes = [e \in Endpoints |-> IF @[e] = "open" THEN "unknown" ELSE @[e]]]
                  /\ UNCHANGED <<worker, ghost, net, flt, cnl, closed>>
CancelSend(p) == /\ cancel = "asked" /\ ~cancelled[p]
                 /\ Final(p) \/ (Mut = "cancel-no-wait" /\ page[p].state = "inFlight") \/ (Mut = "cancel-no-seal" /\ page[p].state \in {"absent", "handedBack"})
                 /\ cancelSent' = [cancelSent EXCEPT ![p] = [e \in Endpoints |-> page[p].outcomes[e] \in {"accepted", "unknown"}]]
                 /\ cancelled' = [cancelled EXCEPT ![p] = TRUE]
                 /\ cancel' = IF \A q \in Pages \ {p} : cancelled[q] THEN "done" ELSE cancel
                 /\ UNCHANGED <<page, worker, ghost, net, flt, closed>>
Step(k) == Wake(k) \/ FindPage(k) \/ ClaimPage(k) \/ MayStart(k) \/ Send(k) \/ SettlePage(k) \/ SettleFirst(k)
Next == \/ \E k \in Workers : Step(k) \/ Crash(k) \/ Pause(k) \/ Resume(k)
        \/ Lose \/ SuperviseRun \/ CloseIfComplete \/ AskCancel
        \/ \E p \in Pages : SealEarlier(p) \/ CancelSend(p)
Spec == Init /\ [][Next]_vars
\* the abstract work of the cancel's own worker is fair; a crashed worker comes back as a new one, a paused one may never return:
\* at least one worker (Lambda cancel always start another environment) is not paused for ever
Fair == /\ \A k \in Workers : WF_vars(Step(k)) /\ WF_vars(Resume(k))
        /\ WF_vars(SuperviseRun) /\ WF_vars(CloseIfComplete)
        /\ \A p \in Pages : WF_vars(SealEarlier(p)) /\ WF_vars(CancelSend(p))
LiveSpec == Spec /\ Fair
Sym == Permutations(Workers) \cup Permutations(Pages) \cup Permutations(Endpoints)
SymW == Permutations(Workers)
----------------------------------------------------------------------------
NoMiss == closed => \A p \in Pages : Final(p) /\ (page[p].state = "settled" => \A e \in Endpoints : page[p].outcomes[e] \in {"accepted", "rejected", "unknown", "superseded"})
Truth == \A p \in Pages : /\ page[p].state = "settled" => \A e \in Endpoints : /\ page[p].outcomes[e] = "accepted" => accepts[p][e] >= 1
                                                                               /\ page[p].outcomes[e] \in {"rejected", "superseded"} => accepts[p][e] = 0
                          /\ page[p].state = "void" => \A e \in Endpoints : accepts[p][e] = 0
AtMost == \A p \in Pages, e \in Endpoints : accepts[p][e] <= 1 + resends[p][e] /\ resends[p][e] <= 1 /\ (~Resend => resends[p][e] = 0)
DupFlagged == \A p \in Pages, e \in Endpoints : accepts[p][e] > 1 => crashes + pauses > 0 /\ page[p].resent
UnknownOnlyAfterFault == \A p \in Pages, e \in Endpoints : page[p].outcomes[e] = "unknown" => crashes + pauses > 0
LateBound == late <= pauses
CancelWindow == after <= pauses
CancelReach == \A p \in Pages, e \in Endpoints : cancelled[p] /\ accepts[p][e] > 0 => cancelSent[p][e]
CancelOnlyTold == \A p \in Pages, e \in Endpoints : cancelSent[p][e] => accepts[p][e] > 0 \/ crashes + pauses > 0
SettledFinal == [][\A p \in Pages : Final(p) => /\ page'[p].state = page[p].state
                     /\ \A e \in Endpoints : page'[p].outcomes[e] = page[p].outcomes[e] \/ (page[p].outcomes[e] = "unknown" /\ page'[p].outcomes[e] \in {"accepted", "rejected"})]_vars
RunEnds == <>closed
CancelEnds == (cancel = "asked") ~> (cancel = "done")
=============================================================================
