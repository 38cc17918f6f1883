 #

 _("Facts of units") 
BBBB BBBBBBBB BBBBBBB BBB BBBBBBBBXX
            XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBX
        X gettext(u'Ask for facts') XXXXBBBBBBBBBBBB
BB BBBBBBBB
    XXX XXXXXXXXXXX XXXXXX
        BBB BBBBB BB BBBBBBBB
            XXX XXXXXXXXXXXXX
                XXXX XXXXXXXXXXXXXXX XXXXXX
                    XXXX XXXXXXXXXXXXX
                        XXXXXXXXXXX
                        XXXXX XXXXXXXXXXXX XXXXXXX pgettext(u'unit', u'asked') 
                            FFFFFFFFFFFFBB BBB BBBBBBBBBBBBBBBBB
                                X  pgettext(u'facts', u'needed by') 
                                FFFFFFFFFFFFBBBBBXXXXXXX
                    XXXXXX
                    BB BBBBBBBBBBBBBBBBBB
                         _("withdrawn") 
                    BBBB BBBBBBBBBBBBBBBBB
                         _("answered") 
                    BBBB BBBBBBBBBBBBB
                         _("late") 
                    BBBB
                         _("waiting") 
                    BBBBB
                XXXXXX
                XX XXXXXXXXXXXX XXXX XXXXXXFFFFFFFFFFFFXXXX
                BB BBBBBBBBBBBB
                    XXXXXXXXXXX XXXXXXXXXXX XXXXXX
                        FFFFFFFFFF
                    XXXXXXXXXXXXX
                    XX XXXXXXXXXXXX XXXXX XXXXXXX FFFFFFFFFFFFXXXX
                BBBB
                    XX XXXXXXXXXXXX XXXXX XXXXXXXXXX
                BBBBB
                BBB BBBBB BB BBBBBBBBBBBBBBBBXX XXXXXXXXXXXX XXXXXX
                        BBBB BBBBBBBBBBB BBBBBBBBBB
                        XX XXXXXXXXXXXX
                    XXXXBBBBBB
                BB BBBBBBB BBB BBB BBBBBBBBBBBBBBBBBB
                    XXXX XXXXXXXXXXXXXXX XXXX XXXXXX
                        BB BBB BBBBBBBBBBBBBBBBB
                            XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBXX
                                BBBBBBBBBB
                                XXXXXXX XXXXXXXXXX XXXXXXXXX XXXXXXXX
                                    BBBB BBBBBBBBBBBBBB BBBBBBBBBB
                                     gettext(u'Remind') XXXXX XXXXXXXXXXXXXXXXXXXXXXXXX XXXXXXX
                                XXXXXXXXX
                            XXXXXXX
                            XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBXX
                                BBBBBBBBBB
                                XXXXXXX XXXXXXXXXX XXXXXXXX XXXXXXXX
                                     gettext(u'Withdraw the request') XXXXX XXXXXXXXXXXXXXXXXXXXXXXXX
                                        XXXXXXX
                                XXXXXXXXX
                            XXXXXXX
                        BBBBB
                        XX
                            XXXXXXXXXX XXXXXXXX XXXXXXX
                            XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBX
                        X gettext(u'Write down the answer') XXXXX XXXXXXXXXXXXXXXXXXXXXXXXX
                                XXXXXXXXXXX
                    XXXXXX
                    BB BBBBBBBBBBBBBBBBB BBB BBB BBBBBBBBBBBBBBB BBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
                        XXXXXXXX XXXXXXXXXXXXX
                            XXXXXXXX XXXXXXXXXXXXXXXXX gettext(u'Keep as a fact to be quoted') XXXXXXXXXX
                            XXXXX
                                XXXXXXXXXXXX
                                XXXXXXXXXXXXX
                                XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBX
                            X
                                BBBBBBBBBB
                                XXXXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXXX gettext(u'About what') XXXXXXXX
                                XXXXXX
                                    XXXXXXXXXXXXXXXXXXXX
                                    XXXXXXXXXXX
                                    XXXXXXXXXXXX
                                    XXXXXXXXXXXXXXX
                                    XXXXXXXX
                                X
                                XXXXXX
                                    XXXXXXXXXXXXXXXXX XXXXX
                                    XXXXXXXXXX
                                X gettext(u'May be quoted until') XXXXXXXX
                                XXXXXX
                                    XXXXXXXXXXXXXXXXXXX XXXXXXX
                                    XXXXXXXXXXX
                                    XXXXXXXXX
                                    XXXXXXXXXXXXXXXXXX
                                    XXXXXXXX
                                X
                                XXXXXXX XXXXXXXXXX XXXXXXXXX XXXXXX XXXXXX gettext(u'Keep the fact') XXXXXXXXX
                            XXXXXXX
                        XXXXXXXXXX
                    BBBBB
                BBBBB
            XXXXX
        BBBBBB
    XXXXX
BBBB
    XXXX XXXXXXXXXXXXX
        XX XXXXXXXXXXXXXX
             gettext(u'Nobody is asked yet. The unit answers by a personal link, without an account.') 
        XXXX
        BB BBBBBBBXX
                XXXXXXXXXX XXXXXXXXXX
                XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBX
            X gettext(u'Ask for facts') XXXXBBBBB
    XXXXXX
BBBBB
BBBBBBB
